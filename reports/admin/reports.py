"""Reports for staff. Every step asks on a page of its own."""

from functools import partial

from django.conf import settings
from django.contrib import admin, messages
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from iesogi.audit.acts import Act, ActsMixin, says
from iesogi.audit.admin import AuditedAdmin
from iesogi.deadlines.days import lateness, today
from iesogi.reference.renewal import RenewalMarks
from reports import permissions, services
from reports.admin.milestones import MilestoneInline
from reports.admin.refusals import REFUSALS
from reports.enums import ReportState, Stage
from reports.exceptions import StepRefused
from reports.filters import ThemeFilter, YearFilter
from reports.forms import DayForm, PlanForm, SlotDateForm, SlotMoveForm, WholeRowForm, optional_steps
from reports.method.conflicts import drafts_near
from reports.models import Report
from reports.pages.views import PagesMixin

SHAPES = {ReportState.PLANNED: "○", ReportState.ISSUED: "●", ReportState.PRESENTED: "●"}


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


act = partial(Act, may=permissions.may_change, refusals=REFUSALS)


def can_be_planned(report):
    return not (report.submitted_on or report.is_out)


@admin.register(Report)
class ReportAdmin(RenewalMarks, PagesMixin, ActsMixin, AuditedAdmin):
    form = WholeRowForm
    change_form_template = "reports/admin_report.html"
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
        act(
            "plan",
            label=gettext_lazy("Plan milestones"),
            question=gettext_lazy("Open these deadlines, and move those whose date changed?"),
            done=gettext_lazy("The milestones are planned. Each date says why it is that date."),
            do=services.plan_milestones,
            form=PlanForm,
            offered=can_be_planned,
        ),
        act(
            "slot-date",
            label=gettext_lazy("Set the slot date"),
            question=gettext_lazy("Set this slot date? Milestones that are planned already move with it."),
            done=gettext_lazy("The slot date is set, and the milestones that depend on it have moved."),
            do=services.set_slot_date,
            form=SlotDateForm,
            offered=can_be_planned,
        ),
        act(
            "move-slot",
            label=gettext_lazy("Move to another slot"),
            question=gettext_lazy("Plan this report for another slot? Session and slot date are set anew afterwards."),
            done=gettext_lazy("The report has moved. Set its slot date, then look at its milestones."),
            do=services.move_slot,
            form=SlotMoveForm,
            offered=can_be_planned,
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
                "The report is saved. It is %(number)d word over the limit of document services: %(limit)s.",
                "The report is saved. It is %(number)d words over the limit of document services: %(limit)s.",
                obj.words_too_many,
            )
            limit = number_format(settings.REPORT_WORD_LIMIT, force_grouping=True)
            words = {"number": obj.words_too_many, "limit": limit}
            self.message_user(request, sentence % words, messages.WARNING)

    # Planning looks before it writes

    def act_view(self, request, object_id, act):
        response = super().act_view(request, object_id, act)
        if act.name in {"plan", "slot-date"} and hasattr(response, "context_data"):
            response.template_name = "reports/planning_act.html"
            report = response.context_data["original"]
            if act.name == "slot-date" and request.method == "GET":
                response.context_data["form"] = SlotDateForm(initial={"slot_date": report.slot_date})
            response.context_data |= self._preview(report, response.context_data["form"])
        return response

    def is_to_be_done(self, request):
        return "preview" not in request.POST and super().is_to_be_done(request)

    def _preview(self, report, form):
        looked_at = form.cleaned_data.get("slot_date") if form.is_bound and form.is_valid() else None
        if "slot_date" in form.fields and not (looked_at or report.slot_date):
            return {"planned": []}  # the form asks for the very date that is missing
        optional = [stage for stage, _step in optional_steps()]
        try:
            planned = services.preview_milestones(report, slot_date=looked_at, optional=optional)
        except StepRefused as refused:
            return {"planned": [], "refused": str(refused)}
        drafts = [line.due_on for line in planned if line.step.stage == Stage.DRAFTING]
        return {
            "planned": planned,
            "estimated": any(line.step.is_estimate for line in planned),
            "collisions": [each for day in drafts for each in drafts_near(day, but=report)],
        }

    # Columns

    @admin.display(description=gettext_lazy("report"), ordering="symbol")
    def name(self, report):
        return report.symbol or report.title

    @admin.display(description=gettext_lazy("slot"), ordering="year")
    def slot(self, report):
        text = f"{report.forum} {report.year}" if report.forum else report.slot
        return self.with_mark(text, report, year=report.year)

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
