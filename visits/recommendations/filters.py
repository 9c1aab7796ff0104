"""Filters of the staff list; the choices of a tag filter are the tags in use, in one query each."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iesogi.deadlines.days import today
from visits.recommendations.enums import TagKind
from visits.recommendations.models import RecommendationTag


class TagFilter(admin.SimpleListFilter):
    kind = None

    def lookups(self, request, model_admin):
        return RecommendationTag.objects.filter(kind=self.kind).values_list("code", "label")

    def queryset(self, request, queryset):
        return queryset.tagged(self.kind, self.value()) if self.value() else queryset


class ThemeFilter(TagFilter):
    title, parameter_name, kind = _("theme"), "theme", TagKind.THEME


class PersonsFilter(TagFilter):
    title, parameter_name, kind = _("affected persons"), "persons", TagKind.PERSONS


class GoalFilter(TagFilter):
    title, parameter_name, kind = _("Goal"), "sdg", TagKind.SDG


class NewsFilter(admin.SimpleListFilter):
    title, parameter_name = _("news"), "news"

    def lookups(self, request, model_admin):
        return [("due", _("Due or late"))]

    def queryset(self, request, queryset):
        return queryset.due_for_news(on=today()) if self.value() == "due" else queryset
