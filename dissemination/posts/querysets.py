from datetime import date, datetime

from django.db import models
from django.db.models import Count, OuterRef, Subquery, Sum

from dissemination.querysets import OutgoingQuerySet

MEASURES = ("reach", "reactions", "comments", "shares")


class PostQuerySet(OutgoingQuerySet):
    def planned_between(self, start: datetime, end: datetime) -> models.QuerySet:
        """Planned from the first instant on and before the second one."""
        return self.filter(planned_at__gte=start, planned_at__lt=end)

    def count_by_form(self) -> dict[str, int]:
        """How many of each type (WP 2021-2023 para 42a); the values add up to count()."""
        return dict(self.order_by().values_list("form").annotate(Count("pk")))


class NumbersQuerySet(models.QuerySet):
    def newest(self) -> models.QuerySet:
        """The last row of each post: the networks tell totals, so older rows are contained in it."""
        last = self.model.objects.filter(version=OuterRef("version")).order_by("-on").values("pk")[:1]
        return self.filter(pk=Subquery(last))

    def by_network(self) -> dict[str, dict[str, int]]:
        """Totals of each network (WP 2021-2023 paras 42b, 42c)."""
        sums = {measure: Sum(measure) for measure in MEASURES}
        rows = self.newest().order_by().values("version__network").annotate(posts=Count("pk"), **sums)
        return {row.pop("version__network"): row for row in rows}


class ChannelDayQuerySet(models.QuerySet):
    def between(self, start: date, end: date) -> models.QuerySet:
        """Days of the period, both ends included."""
        return self.filter(on__range=(start, end))
