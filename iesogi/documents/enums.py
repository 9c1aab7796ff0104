"""The life of a generated document."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RENDERING = "rendering", _("Rendering")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")

    @property
    def successors(self):
        return NEXT[self]

    @property
    def is_moving(self):
        """A worker will still do something; whoever looks may come back in a few seconds."""
        return self in MOVING


NEXT = {
    State.QUEUED: {State.RENDERING},
    State.RENDERING: {State.READY, State.FAILED, State.QUEUED},  # back to the queue after a passing error
    State.READY: set(),
    State.FAILED: {State.QUEUED},  # somebody asked to try again
}
MOVING = {State.QUEUED, State.RENDERING}
