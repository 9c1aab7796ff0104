from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q

from iesogi.accounts.permissions import may_work_on_communications


def without_hidden_letters(rows: models.QuerySet, user, path: str = "letter") -> models.QuerySet:
    """Whoever is paid from outside OHCHR sees nothing of a letter that is not published, not even a row (R1, R13)."""
    if may_work_on_communications(user):
        return rows
    return rows.filter(Q(**{f"{path}__isnull": True}) | Q(**{f"{path}__public": True}))


class OutgoingQuerySet(models.QuerySet):
    def visible_to(self, user) -> models.QuerySet:
        return without_hidden_letters(self, user)

    def waiting(self) -> models.QuerySet:
        """Handed in, and nobody has decided yet."""
        return self.filter(state="review")


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
