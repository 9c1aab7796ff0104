from django.db import models

from communications.clock.enums import ReminderState
from iesogi.accounts.permissions import may_work_on_communications


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user) -> models.QuerySet:
        return self.all() if may_work_on_communications(user) else self.none()

    def drafts(self) -> models.QuerySet:
        return self.filter(state=ReminderState.DRAFT)

    def sent(self) -> models.QuerySet:
        return self.filter(state=ReminderState.SENT)
