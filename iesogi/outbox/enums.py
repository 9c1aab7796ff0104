from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waiting to be sent")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    DISCARDED = "discarded", _("Discarded")

    @property
    def successors(self):
        return NEXT[self]


NEXT = {
    State.DRAFT: {State.WAITING, State.DISCARDED},
    State.WAITING: {State.CLAIMED, State.DISCARDED},
    State.CLAIMED: {State.SENT, State.FAILED, State.WAITING, State.CLAIMED},  # claimed anew once the claim is stale
    State.SENT: set(),
    State.FAILED: {State.WAITING, State.DISCARDED},
    State.DISCARDED: set(),
}
UNSENT = (State.DRAFT, State.WAITING, State.CLAIMED, State.FAILED)
FINISHED = (State.SENT, State.FAILED, State.DISCARDED)
