from datetime import date, datetime, timedelta

from django.db import models

from iesogi.deadlines.enums import ReminderState, State


class DeadlineQuerySet(models.QuerySet):
    def visible_to(self, user) -> models.QuerySet:
        """Dates of confidential work are seen only by people paid from resources OHCHR administers (R1, R13)."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_paid_by_ohchr:
            return self.all()
        return self.filter(kind__confidential=False)

    def open(self) -> models.QuerySet:
        return self.filter(state=State.OPEN)

    def overdue(self, *, on: date) -> models.QuerySet:
        """Open, and the due date has gone by."""
        return self.open().filter(due_on__lt=on)

    def due_within(self, days: int, *, on: date) -> models.QuerySet:
        """Open, and due from this day to so many days later, both included."""
        return self.open().filter(due_on__gte=on, due_on__lte=on + timedelta(days=days))


class ReminderQuerySet(models.QuerySet):
    def waiting(self) -> models.QuerySet:
        return self.filter(state=ReminderState.WAITING)

    def due(self, *, now: datetime) -> models.QuerySet:
        """What a tick has to look at; found through a partial index, however many deadlines are open."""
        return self.waiting().filter(due_at__lte=now)
