"""Reports, themes and the method for staff. Every step asks on a page of its own."""

from functools import partial

from django.conf import settings
from django.contrib import admin, messages
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from iesogi.audit.acts import Act, ActsMixin, says
from iesogi.audit.admin import AuditedAdmin
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.clock import in_words
from iesogi.deadlines.days import lateness, today
from iesogi.deadlines.exceptions import ClockRefused, DeadlineRefused
from reports import permissions, services
from reports.enums import ReportState
from reports.exceptions import StepRefused
from reports.filters import ReportYearFilter, ThemeFilter, YearFilter
from reports.forms import DayForm, EvidenceForm, PlanForm, SlotDateForm, ThemeMoveForm, WholeRowForm, optional_steps
from reports.models import MethodStep, Milestone, Report, Theme, ThemeMove

REFUSALS = (StepRefused, ClockRefused, DeadlineRefused)
SHAPES = {ReportState.PLANNED: "○", ReportState.ISSUED: "●", ReportState.PRESENTED: "●"}


class ReadOnlyInline(admin.TabularInline):
    """Rows that only services write."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


def due_in_words(deadline):
    words = in_words(deadline.due_on)
    return f"{words} ({lateness(deadline.due_on, on=today())})" if deadline.is_open else words


def why_this_date(deadline):
    """Folded, so that the list of milestones stays a list."""
    sentences = format_html_join("", "<p>{}</p>", ([sentence] for sentence in deadlines.why(deadline)))
    return format_html("<details><summary>{}</summary>{}</details>", _("Why this date?"), sentences)


class MilestoneInline(ReadOnlyInline):
    model = Milestone
    fields = readonly_fields = ["due", "state", "why", "evidence"]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).with_deadlines().prefetch_related("deadline__extensions")

    @admin.display(description=gettext_lazy("due on"))
    def due(self, milestone):
        return due_in_words(milestone.deadline)

    @admin.display(description=gettext_lazy("state"))
    def state(self, milestone):
        return milestone.deadline.get_state_display()

    @admin.display(description=gettext_lazy("why this date?"))
    def why(self, milestone):
        return why_this_date(milestone.deadline)


def may_bring_to(user, report, to):
    return permissions.may_change(user, report) and permissions.may_bring_to(user, to)


def step_act(to):
    """One act for each state: the button stands where the step is legal for the person who looks."""
    return Act(
        f"to-{to}",
        label=says(gettext_noop("Mark as “%(state)s”"), to),
        question=gettext_lazy("Take this step? The day and your name are kept with it."),
        done=says(gettext_noop("The report is now “%(state)s”."), to),
        may=partial(may_bring_to, to=to),
        do=partial(services.move_report, to=to),
        form=DayForm,
        offered=lambda report: to in ReportState(report.state).successors,
        refusals=REFUSALS,
    )


def can_be_planned(report):
    return not (report.submitted_on or report.is_out)


@admin.register(Report)
class ReportAdmin(ActsMixin, AuditedAdmin):
    form = WholeRowForm
    list_display = ["name", "slot", "theme_count", "state_in_words", "slot_date", "timeliness"]
    list_filter = ["forum", "state", YearFilter, ThemeFilter]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["symbol", "title", "themes__label"]
    date_hierarchy = "issued_on"
    ordering = ["-year", "forum", "pk"]
    autocomplete_fields = ["session", "holder", "themes", "perspectives"]
    inlines = [MilestoneInline]
    fieldsets = [
        (None, {"fields": ["title", "forum", "year", "session", "themes", "perspectives", "holder"]}),
        (gettext_lazy("Design"), {"fields": ["participation", "word_count"]}),
        (gettext_lazy("Dates"), {"fields": ["state", "slot_date", "submitted_on", "timeliness"]}),
        (
            gettext_lazy("Document"),
            {
                "fields": [
                    "symbol",
                    "symbol_evidence",
                    "issued_on",
                    "issued_printed",
                    "issued_evidence",
                    "presented_on",
                    "note",
                ]
            },
        ),
    ]
    acts = [
        Act(
            "plan",
            label=gettext_lazy("Plan milestones"),
            question=gettext_lazy("Open these deadlines, and move those whose date changed?"),
            done=gettext_lazy("The milestones are planned. Each date says why it is that date."),
            may=permissions.may_change,
            do=services.plan_milestones,
            form=PlanForm,
            offered=can_be_planned,
            refusals=REFUSALS,
        ),
        Act(
            "slot-date",
            label=gettext_lazy("Set the slot date"),
            question=gettext_lazy("Set this slot date? Milestones that are planned already move with it."),
            done=gettext_lazy("The slot date is set, and the milestones that depend on it have moved."),
            may=permissions.may_change,
            do=services.set_slot_date,
            form=SlotDateForm,
            offered=can_be_planned,
            refusals=REFUSALS,
        ),
        *[step_act(state) for state in ReportState],
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_theme_count()

    def get_readonly_fields(self, request, obj=None):
        """Days come from steps; for a report that is out long since, staff may enter what they find."""
        days = ["submitted_on", "issued_on", "presented_on"]
        if obj is None:
            return ["state", "timeliness", *days]
        return ["state", "timeliness"] if obj.is_out else ["state", "timeliness", "slot_date", *days]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.is_out)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if obj.words_too_many:
            sentence = ngettext(
                "The report is saved. It is %(number)d word over the limit of document services: %(limit)d.",
                "The report is saved. It is %(number)d words over the limit of document services: %(limit)d.",
                obj.words_too_many,
            )
            words = {"number": obj.words_too_many, "limit": settings.REPORT_WORD_LIMIT}
            self.message_user(request, sentence % words, messages.WARNING)

    # Planning looks before it writes

    def act_view(self, request, object_id, act):
        response = super().act_view(request, object_id, act)
        if act.name in {"plan", "slot-date"} and hasattr(response, "context_data"):
            response.template_name = "reports/planning_act.html"
            response.context_data |= self._preview(response.context_data["original"], response.context_data["form"])
        return response

    def is_to_be_done(self, request):
        return "preview" not in request.POST and super().is_to_be_done(request)

    def _preview(self, report, form):
        looked_at = form.cleaned_data.get("slot_date") if form.is_bound and form.is_valid() else None
        if "slot_date" in form.fields and not (looked_at or report.slot_date):
            return {"planned": []}  # the form asks for the very date that is missing
        optional = [stage for stage, _step in optional_steps()]
        try:
            return {"planned": services.preview_milestones(report, slot_date=looked_at, optional=optional)}
        except StepRefused as refused:
            return {"planned": [], "refused": str(refused)}

    # Columns

    @admin.display(description=gettext_lazy("report"), ordering="symbol")
    def name(self, report):
        return report.symbol or report.title

    @admin.display(description=gettext_lazy("slot"), ordering="year")
    def slot(self, report):
        return f"{report.forum} {report.year}" if report.forum else report.slot

    @admin.display(description=gettext_lazy("themes"), ordering="theme_total")
    def theme_count(self, report):
        return report.theme_total

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_in_words(self, report):
        return format_html("{} {}", SHAPES.get(report.state, "◐"), report.get_state_display())

    @admin.display(description=gettext_lazy("timeliness"))
    def timeliness(self, report):
        if report.days_late is None:
            return lateness(report.slot_date, on=today()) if report.slot_date and can_be_planned(report) else "–"
        if not report.days_late:
            return _("submitted on time")
        late = ngettext("submitted %(days)d day late", "submitted %(days)d days late", report.days_late)
        return late % {"days": report.days_late}


class MoveInline(ReadOnlyInline):
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
    form = WholeRowForm
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
            form=ThemeMoveForm,
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


@admin.register(MethodStep)
class MethodStepAdmin(AuditedAdmin):
    list_display = ["order", "stage", "days_before_slot", "optional", "prepares", "approves", "evidence"]
    list_display_links = ["stage"]
    list_filter = ["phase", "optional", "evidence"]
    search_fields = ["stage", "prepares", "supervises", "approves", "yields"]
    ordering = ["order"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "days_before_slot" in form.changed_data:
            sentence = _("Reports that are planned already keep their dates until their milestones are planned again.")
            self.message_user(request, sentence, messages.INFO)


@admin.register(Milestone)
class MilestoneAdmin(ActsMixin, AuditedAdmin):
    """Looked at here, planned from the report."""

    list_display = ["stage", "report", "due", "how_long", "state"]
    list_filter = ["stage", "deadline__state", "report__forum", ReportYearFilter]
    list_select_related = ["deadline", "report"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["report__symbol", "report__title"]
    date_hierarchy = "deadline__due_on"
    ordering = ["deadline__due_on", "pk"]
    fields = readonly_fields = ["report", "stage", "due_in_words", "why", "state", "planned_on", "evidence"]
    acts = [
        Act(
            "complete",
            label=gettext_lazy("Done"),
            question=gettext_lazy("Mark this milestone as done? No more reminders are sent."),
            done=gettext_lazy("The milestone is done."),
            may=lambda user, milestone: permissions.may_change(user, milestone.report),
            do=services.complete_milestone,
            form=EvidenceForm,
            offered=lambda milestone: milestone.deadline.is_open,
            refusals=REFUSALS,
        ),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("due on"), ordering="deadline__due_on")
    def due(self, milestone):
        return milestone.deadline.due_on

    @admin.display(description=gettext_lazy("due on"))
    def due_in_words(self, milestone):
        return due_in_words(milestone.deadline)

    @admin.display(description=gettext_lazy("how long"))
    def how_long(self, milestone):
        deadline = milestone.deadline
        return lateness(deadline.due_on, on=today()) if deadline.is_open else "–"

    @admin.display(description=gettext_lazy("state"), ordering="deadline__state")
    def state(self, milestone):
        return milestone.deadline.get_state_display()

    @admin.display(description=gettext_lazy("why this date?"))
    def why(self, milestone):
        return why_this_date(milestone.deadline)
