from datetime import date

from django.db import models


class WorkProgrammeQuerySet(models.QuerySet):
    def current(self, *, on: date) -> models.QuerySet:
        """The programme in force on the day, else the latest one begun before it; newest first."""
        return self.filter(period_start__lte=on).order_by("-period_start")


class ProductTargetQuerySet(models.QuerySet):
    def totals(self) -> tuple[int, int]:
        """Sum a year and over the period (WP-30-1: 304 and 912; computed, nowhere printed)."""
        targets = list(self.select_related("programme"))
        return sum(t.per_year for t in targets), sum(t.in_period for t in targets)
