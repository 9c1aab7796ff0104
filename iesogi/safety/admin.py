"""Safety for staff who handle cases: what could happen, who decided, and what was done when it happened."""

from functools import partial

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from iesogi.accounts.fence import PaidByOhchrMixin
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin, HistoryInline
from iesogi.deadlines.clock import short
from iesogi.safety import permissions, services
from iesogi.safety.exceptions import SafetyRefused
from iesogi.safety.forms import AssessmentForm, ClosingForm, DecisionForm, DemandForm, ReopenForm, RungForm
from iesogi.safety.models import Reprisal, ReprisalStep, RiskAssessment

assess = partial(Act, may=permissions.may_assess, refusals=(SafetyRefused,))
follow = partial(Act, may=permissions.may_follow_up, refusals=(SafetyRefused,))
while_open = partial(follow, offered=lambda reprisal: reprisal.is_open)


@admin.register(RiskAssessment)
class RiskAssessmentAdmin(PaidByOhchrMixin, ActsMixin, AuditedAdmin):
    list_per_page = 25
    show_full_result_count = False
    form = AssessmentForm
    list_display = ["subject_label", "country", "method", "check_point", "worst", "verdict", "decided_by", "review_on"]
    list_filter = ["verdict", "method", "check_point", "review_on"]
    list_select_related = ["country", "decided_by"]
    search_fields = ["subject_label", "country__search_text"]
    autocomplete_fields = ["country"]
    readonly_fields = [
        "worst", "checklist", "version", "verdict", "conditions", "decided_by", "decided_on", "review_on",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["subject_label", "subject_url", "country", "method", "check_point", "methodology"]}),
        (_("Risk"), {"fields": ["threat", "likelihood", "severity", "exposure", "digital", "worst"]}),
        (_("What is done about it"), {"fields": ["mitigation", "safe_contact", "precautions"]}),
        (_("Decision"), {"fields": ["verdict", "conditions", "decided_by", "decided_on", "review_on", "version"]}),
    ]
    acts = [
        assess(
            "decide",
            label=_("Decide"),
            question=_("Go or no go? Your name is kept with the decision:"),
            done=_("The decision is recorded under your name."),
            do=services.decide,
            form=DecisionForm,
            offered=lambda assessment: not assessment.is_decided,
        ),
        assess(
            "revise",
            label=_("Make a new version"),
            question=_("Assess this anew? The present version stays as it is:"),
            done=_("The new version is there; it waits for its decision among the risk assessments."),
            do=services.revise,
            offered=lambda assessment: assessment.is_decided,
        ),
    ]

    def has_change_permission(self, request, obj=None):
        """What was decided is never typed over."""
        return super().has_change_permission(request, obj) and not (obj and obj.is_decided)

    def get_fieldsets(self, request, obj=None):
        """Where the checklist is only read, it is sentences and no list of codes."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        kept, last = self.fieldsets[:2], self.fieldsets[3]
        return [*kept, (self.fieldsets[2][0], {"fields": ["mitigation", "safe_contact", "checklist"]}), last]

    @admin.display(description=_("zero-tolerance checklist"))
    def checklist(self, assessment):
        points = (("●" if kept else "○", label) for label, kept in assessment.precautions_in_words)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} {}</li>", points))

    @admin.display(description=_("worst of its parts"))
    def worst(self, assessment):
        return assessment.level.label if assessment.likelihood else "–"


class StepInline(HistoryInline):
    model = ReprisalStep
    fields = readonly_fields = ["on", "rung", "note", "by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(Reprisal)
class ReprisalAdmin(PaidByOhchrMixin, ActsMixin, AuditedAdmin):
    list_per_page = 25
    show_full_result_count = False
    list_display = ["label", "country", "act", "responsibility", "reported_on", "stage", "next_look", "sg_report_year"]
    list_filter = ["state", "act", "actor", "responsibility", "cooperation", "reported_on"]
    list_select_related = ["country", "follow_up"]
    search_fields = ["label", "country__search_text"]
    autocomplete_fields = ["country"]
    inlines = [StepInline]
    readonly_fields = ["activity", "stage", "outcome", "next_look", "demands_to_the_state"]
    fieldsets = [
        (None, {
            "description": _("Who is concerned stands in sealed cases only. Write no name and no reference here."),
            "fields": ["label", "country", "cooperation", "cooperation_label", "cooperation_url", "activity"],
        }),
        (_("What happened"), {"fields": ["happened_on", "reported_on", "act", "actor", "responsibility"]}),
        (_("Agreement of those concerned"), {"fields": ["confidential", "public"]}),
        (_("Follow-up"), {"fields": ["stage", "outcome", "next_look", "demands_to_the_state"]}),
        (_("Report of the Secretary-General"), {"fields": ["sg_report_year", "sg_anonymised"]}),
    ]  # fmt: skip
    acts = [
        while_open(
            "step",
            label=_("Record a step"),
            question=_("What was done about it? From the quietest step to the most public:"),
            done=_("The step is recorded."),
            do=services.take_step,
            form=RungForm,
        ),
        while_open(
            "demand",
            label=_("Record a demand"),
            question=_("What became of a demand on the State?"),
            done=_("The demand is recorded."),
            do=services.record_demand,
            form=DemandForm,
        ),
        while_open(
            "close",
            label=_("Close"),
            question=_("Close this? It is followed up no more:"),
            done=_("The reprisal is closed."),
            do=services.close,
            form=ClosingForm,
        ),
        follow(
            "reopen",
            label=_("Open again"),
            question=_("Does it go on, or come back? When do you look at it next:"),
            done=_("The reprisal is open again."),
            do=services.reopen,
            form=ReopenForm,
            offered=lambda reprisal: not reprisal.is_open,
        ),
    ]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    @admin.display(description=_("to the activity"))
    def activity(self, reprisal):
        """Only an address of this portal becomes a link."""
        if not reprisal.cooperation_url.startswith("/") or reprisal.cooperation_url.startswith("//"):
            return "–"
        return format_html('<a href="{}">{}</a>', reprisal.cooperation_url, reprisal.cooperation_label or reprisal)

    @admin.display(description=_("next follow-up"), ordering="follow_up__due_on")
    def next_look(self, reprisal):
        follow_up = reprisal.follow_up
        return short(follow_up.due_on) if follow_up and follow_up.is_open else "–"

    @admin.display(description=_("stage"), ordering="state")
    def stage(self, reprisal):
        """Beside the State concerned, “state” would say two things."""
        return reprisal.get_state_display()

    @admin.display(description=_("demands on the State"))
    def demands_to_the_state(self, reprisal):
        return format_html_join("", "<p>{}: {}</p>", reprisal.demands_in_words) if reprisal.pk else "–"
