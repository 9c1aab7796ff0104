from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def successors(self):
        return NEXT[self]


NEXT = {
    State.OPEN: {State.DONE, State.CANCELLED},
    State.DONE: {State.OPEN},  # ticked off by mistake
    State.CANCELLED: {State.OPEN},
}


class ReminderState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Handed to the outbox")
    SKIPPED = "skipped", _("Skipped")


class Calendar(models.TextChoices):
    GENEVA = "geneva", _("United Nations Office at Geneva")
    NEW_YORK = "new_york", _("United Nations Headquarters, New York")
