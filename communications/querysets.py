from datetime import date

from django.db import models

from communications.enums import LetterState
from iesogi.accounts.permissions import may_work_on_communications


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user) -> models.QuerySet:
        """Letters are seen only by people paid by OHCHR (R1, R13); anyone else gets none."""
        return self.all() if may_work_on_communications(user) else self.none()

    def published(self) -> models.QuerySet:
        """Reported to the Council; before that no page, feed or count may reveal a letter (R1)."""
        return self.filter(published_on__isnull=False)

    def active(self) -> models.QuerySet:
        """The stock: sent and not closed. A measure of its own, apart from the flow (trap 4)."""
        return self.exclude(state=LetterState.CLOSED)

    def sent_in(self, start: date, end: date) -> models.QuerySet:
        """The flow: letters sent in the period, both ends included."""
        return self.filter(sent_on__range=(start, end))

    def overdue(self, *, on: date) -> models.QuerySet:
        """Sent, unanswered, and past the last day of the reply period."""
        return self.filter(state=LetterState.SENT, reply_deadline__due_on__lt=on)
