from datetime import date

from django.db import models


class EngagementQuerySet(models.QuerySet):
    def in_period(self, start: date, end: date) -> models.QuerySet:
        """Held in the period, both ends included."""
        return self.filter(held_on__range=(start, end))

    def count_by_kind(self) -> dict[str, int]:
        """How many of each kind; the values add up to count()."""
        return dict(self.order_by().values_list("kind").annotate(models.Count("pk")))


class OutputQuerySet(models.QuerySet):
    def of_kind(self, *kinds: str) -> models.QuerySet:
        return self.filter(kind__in=kinds)

    def in_period(self, start: date, end: date) -> models.QuerySet:
        """Issued in the period, both ends included."""
        return self.filter(issued_on__range=(start, end))
