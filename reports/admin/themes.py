"""Themes and the history of their slots."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin, HistoryInline
from reports import permissions, services
from reports.admin.refusals import REFUSALS
from reports.filters import YearFilter
from reports.forms import SlotMoveForm, ThemeForm
from reports.models import Theme, ThemeMove


class MoveInline(HistoryInline):
    model = ThemeMove
    fields = readonly_fields = ["from_slot", "to_slot", "reason", "by", "moved_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")

    @admin.display(description=gettext_lazy("from"))
    def from_slot(self, move):
        return move.from_slot

    @admin.display(description=gettext_lazy("to"))
    def to_slot(self, move):
        return move.to_slot


@admin.register(Theme)
class ThemeAdmin(ActsMixin, AuditedAdmin):
    form = ThemeForm
    list_display = ["label", "slot", "status", "move_count", "reported_in"]
    list_filter = ["status", "forum", YearFilter, "floating", "concern"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["label", "code"]
    ordering = ["-year", "label", "pk"]
    autocomplete_fields = ["perspectives"]
    inlines = [MoveInline]
    acts = [
        Act(
            "move",
            label=gettext_lazy("Move to another slot"),
            question=gettext_lazy("Plan this theme for another slot? Where it was planned before is kept."),
            done=gettext_lazy("The theme has moved; its history says from where and why."),
            may=permissions.may_change,
            do=services.move_theme,
            form=SlotMoveForm,
            refusals=REFUSALS,
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_move_count().prefetch_related("reports")

    def get_readonly_fields(self, request, obj=None):
        return ["code", "forum", "year", "floating", "floating_reason"] if obj else []

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    @admin.display(description=gettext_lazy("planned for"), ordering="year")
    def slot(self, theme):
        return f"{theme.forum} {theme.year}" if theme.forum else theme.slot

    @admin.display(description=gettext_lazy("moves"), ordering="move_total")
    def move_count(self, theme):
        return theme.move_total

    @admin.display(description=gettext_lazy("reported in"))
    def reported_in(self, theme):
        return ", ".join(str(report) for report in theme.reports.all() if report.is_out) or "–"
