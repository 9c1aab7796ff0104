from datetime import date

from django.db import models
from django.db.models import Q

from iesogi.reference.enums import Forum


class SessionQuerySet(models.QuerySet):
    def of_the_mandate(self) -> models.QuerySet:
        """Sessions at which this mandate presents a report."""
        return self.filter(takes_report=True)

    def of(self, forum: Forum) -> models.QuerySet:
        return self.filter(forum=forum)

    def upcoming(self, *, on: date) -> models.QuerySet:
        """Not over on that day, soonest first. Without a closing date a session counts until the end of its year."""
        not_over = Q(ends_on__gte=on) | Q(ends_on=None, year__gte=on.year)
        return self.filter(not_over).order_by("year", "starts_on", "-forum")

    def slots(self, *, start: date, end: date) -> models.QuerySet:
        """Report slots of a period in calendar order: one a forum and year (domain rule R17)."""
        return self.of_the_mandate().filter(year__range=(start.year, end.year)).order_by("year", "-forum")
