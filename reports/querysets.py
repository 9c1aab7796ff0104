from datetime import date

from django.db import models
from django.db.models import Count
from django.db.models.functions import Coalesce

from iesogi.deadlines.enums import State as DeadlineState
from reports.enums import OUT, ThemeStatus


def count_of(rows: models.QuerySet, owner: str):
    """How many of these rows each row has, as a subquery: a list asks it of the rows on its page and no others."""
    counted = rows.filter(**{owner: models.OuterRef("pk")}).order_by().values(owner).annotate(number=Count("pk"))
    return Coalesce(models.Subquery(counted.values("number")), 0)


class ThemeQuerySet(models.QuerySet):
    def with_move_count(self) -> models.QuerySet:
        return self.annotate(move_total=count_of(self.model.moves.rel.related_model.objects.all(), "theme"))

    def with_reported(self) -> models.QuerySet:
        """`is_reported`: an issued report carries the theme, whatever slot was planned for it."""
        of_theme = self.model.reports.rel.related_model.objects.filter(themes=models.OuterRef("pk"), state__in=OUT)
        return self.annotate(is_reported=models.Exists(of_theme))

    def done(self) -> models.QuerySet:
        return self.filter(status=ThemeStatus.DONE)

    def planned(self) -> models.QuerySet:
        return self.filter(status=ThemeStatus.PLANNED)

    def between(self, first_year: int, last_year: int) -> models.QuerySet:
        """Themes with a slot in these years (both included), and floating ones."""
        return self.filter(models.Q(year__range=(first_year, last_year)) | models.Q(floating=True))

    def printed(self) -> models.QuerySet:
        """Themes of the work programme; the others were taken up without standing in it."""
        return self.exclude(ref="")

    def reported(self) -> models.QuerySet:
        """Themes that an issued report carries, whatever slot was planned for them."""
        return self.filter(reports__state__in=OUT).distinct()


class ReportQuerySet(models.QuerySet):
    def with_theme_count(self) -> models.QuerySet:
        return self.annotate(theme_total=count_of(self.model.themes.through.objects.all(), "report"))

    def issued(self, *, on: date | None = None) -> models.QuerySet:
        """Out of document services; with `on`, those of slots up to that year."""
        issued = self.filter(state__in=OUT)
        return issued.filter(year__lte=on.year) if on else issued

    def in_period(self, start: date, end: date) -> models.QuerySet:
        """By the year of the slot, both ends included."""
        return self.filter(year__range=(start.year, end.year))

    def to(self, forum: str) -> models.QuerySet:
        return self.filter(forum=forum)

    def matching(self, words: str) -> models.QuerySet:
        """Every word stands in the symbol, the title or the label of a theme."""
        found = self
        for word in words.split():
            found = found.filter(
                models.Q(symbol__icontains=word)
                | models.Q(title__icontains=word)
                | models.Q(themes__label__icontains=word)
            )
        return found.distinct()

    def with_timeliness(self) -> models.QuerySet:
        """Reports whose submission can be held against the slot date (KPI of WP 2021-2023 para 19b)."""
        return self.filter(slot_date__isnull=False, submitted_on__isnull=False)

    def on_time(self) -> models.QuerySet:
        return self.with_timeliness().filter(submitted_on__lte=models.F("slot_date"))


class MilestoneQuerySet(models.QuerySet):
    def with_deadlines(self) -> models.QuerySet:
        return self.select_related("deadline", "report")

    def open(self) -> models.QuerySet:
        return self.filter(deadline__state=DeadlineState.OPEN)
