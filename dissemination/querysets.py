from datetime import date
from decimal import Decimal

from django.db import models


class EngagementQuerySet(models.QuerySet):
    def in_period(self, start: date, end: date) -> models.QuerySet:
        """Held in the period, both ends included."""
        return self.filter(held_on__range=(start, end))

    def count_by_kind(self) -> dict[str, int]:
        """How many of each kind; the values add up to count()."""
        return dict(self.order_by().values_list("kind").annotate(models.Count("pk")))

    def attendance(self) -> int:
        """Everyone counted at any of them; an engagement without a figure adds nothing."""
        return self.aggregate(total=models.Sum("attendance"))["total"] or 0


class EngagementCountQuerySet(models.QuerySet):
    def by_kind(self) -> models.QuerySet:
        """The parts of a printed total."""
        return self.exclude(kind="")

    def printed_sum(self) -> Decimal:
        """The parts added up; it stands beside the printed total and never in its place (R21)."""
        return self.by_kind().aggregate(total=models.Sum("quantity"))["total"] or Decimal(0)


class OutputQuerySet(models.QuerySet):
    def of_kind(self, *kinds: str) -> models.QuerySet:
        return self.filter(kind__in=kinds)

    def in_period(self, start: date, end: date) -> models.QuerySet:
        """Issued in the period, both ends included."""
        return self.filter(issued_on__range=(start, end))
