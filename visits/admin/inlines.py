"""Parts of the page of a visit. What services write is only looked at here."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iesogi.audit.admin import HistoryInline
from iesogi.deadlines.columns import due_in_words, why_this_date
from visits.models import (
    ChecklistItem,
    Contact,
    Coverage,
    GoodPractice,
    Meeting,
    TeamMember,
    TermAnswer,
    VisitDay,
    VisitPlan,
    VisitStep,
)


class PlanInline(admin.TabularInline):
    """Plans are added, never typed over: what was once planned stays (R18)."""

    model = VisitPlan
    fields = ["planned_for", "planned_from", "planned_until", "reason", "recorded_at"]
    readonly_fields = ["recorded_at"]
    extra = 0
    can_delete = False

    def has_change_permission(self, request, obj=None):
        return False


class StepInline(HistoryInline):
    model = VisitStep
    fields = readonly_fields = ["on", "kind", "what", "note", "by", "recorded_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")

    @admin.display(description=_("step"))
    def what(self, step):
        return step.in_words


class TermInline(HistoryInline):
    model = TermAnswer
    fields = readonly_fields = ["term", "answer", "on", "note"]


class ContactInline(HistoryInline):
    model = Contact
    fields = readonly_fields = ["on", "kind", "office", "summary", "next_step", "due", "by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by", "deadline")

    @admin.display(description=_("due on"))
    def due(self, contact):
        return due_in_words(contact.deadline) if contact.deadline else "–"


class ChecklistInline(HistoryInline):
    model = ChecklistItem
    fields = readonly_fields = ["stage", "due", "state", "why", "evidence"]
    show_change_link = True

    def get_queryset(self, request):
        items = super().get_queryset(request).with_deadlines().prefetch_related("deadline__extensions")
        return items.order_by("deadline__due_on", "step__order")

    @admin.display(description=_("stage"))
    def stage(self, item):
        return item.step.get_phase_display()

    @admin.display(description=_("due on"))
    def due(self, item):
        return due_in_words(item.deadline)

    @admin.display(description=_("state"))
    def state(self, item):
        return item.deadline.get_state_display()

    @admin.display(description=_("why this date?"))
    def why(self, item):
        return why_this_date(item.deadline)


class DayInline(admin.TabularInline):
    model = VisitDay
    extra = 0


class MeetingInline(admin.TabularInline):
    model = Meeting
    extra = 0
    fields = ["on", "at", "category", "counterpart", "place", "discreet", "persons", "state"]


class TeamInline(admin.TabularInline):
    model = TeamMember
    extra = 0
    autocomplete_fields = ["user"]


class PracticeInline(admin.TabularInline):
    model = GoodPractice
    extra = 0


class CoverageInline(admin.TabularInline):
    model = Coverage
    extra = 0


ALWAYS = [PlanInline, StepInline, ContactInline, ChecklistInline, DayInline, MeetingInline, TeamInline, CoverageInline]
COUNTRY_ONLY = [TermInline, PracticeInline]
