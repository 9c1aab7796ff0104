"""Filters of staff lists whose choices stay few however many rows there are."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iesogi.deadlines.days import today
from reports.models import Theme

FIRST_YEAR = 2017
YEARS_AHEAD = 3
MOST_THEMES = 60


class YearFilter(admin.SimpleListFilter):
    title = _("year")
    parameter_name = "year"
    field = "year"

    def lookups(self, request, model_admin):
        return [(str(year), str(year)) for year in range(today().year + YEARS_AHEAD, FIRST_YEAR - 1, -1)]

    def queryset(self, request, queryset):
        known = dict(self.lookup_choices)
        return queryset.filter(**{self.field: self.value()}) if self.value() in known else queryset


class ReportYearFilter(YearFilter):
    field = "report__year"


class ThemeFilter(admin.SimpleListFilter):
    title = _("theme")
    parameter_name = "theme"

    def lookups(self, request, model_admin):
        return list(Theme.objects.order_by("-year", "label").values_list("code", "label")[:MOST_THEMES])

    def queryset(self, request, queryset):
        return queryset.filter(themes__code=self.value()) if self.value() else queryset
