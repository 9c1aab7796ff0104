from django.db import models

from communications.clock.enums import ReminderState
from communications.fence import FencedQuerySet


class ReminderQuerySet(FencedQuerySet):
    def drafts(self) -> models.QuerySet:
        return self.filter(state=ReminderState.DRAFT)

    def sent(self) -> models.QuerySet:
        return self.filter(state=ReminderState.SENT)
