"""Visits and candidates for staff. Kinds obey different rules, and a rule that stands in the way says why."""

from functools import partial

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from iesogi.audit.acts import Act, ActsMixin, says
from iesogi.audit.admin import AuditedAdmin
from reports.forms import WholeRowForm
from visits import permissions, services
from visits.enums import VisitState
from visits.exceptions import StepRefused
from visits.forms import ReplanForm, StepForm
from visits.models import Candidate, Visit, VisitFigure, VisitPlan

REFUSALS = (StepRefused,)
SHAPES = {VisitState.DONE: "●", VisitState.PENDING: "◐", VisitState.POSTPONED: "◑", VisitState.CANCELLED: "×"}


def step_act(to):
    """One act for each state: the button stands where the step is legal."""
    return Act(
        f"to-{to}",
        label=says(gettext_noop("Mark as “%(state)s”"), to),
        question=gettext_lazy("Take this step? The reason is kept with the visit."),
        done=says(gettext_noop("The visit is now “%(state)s”."), to),
        may=permissions.may_change,
        do=partial(services.step, to=to),
        form=StepForm,
        offered=lambda visit: to in VisitState(visit.state).successors,
        refusals=REFUSALS,
    )


class PlanInline(admin.TabularInline):
    """Plans are added, never typed over: what was once planned stays (R18)."""

    model = VisitPlan
    fields = ["planned_for", "planned_from", "reason", "recorded_at"]
    readonly_fields = ["recorded_at"]
    extra = 0
    can_delete = False

    def has_change_permission(self, request, obj=None):
        return False


class MatchingMixin:
    """Searched by `matching`, which knows names of States in six languages; `search_fields` only shows the box."""

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False


@admin.register(Visit)
class VisitAdmin(MatchingMixin, ActsMixin, AuditedAdmin):
    form = WholeRowForm
    list_display = ["where", "kind", "state_in_words", "starts_on", "ends_on", "report_symbol", "follow_up"]
    list_filter = ["kind", "state", "country__regional_group", "funding", "follow_up"]
    list_select_related = ["country", "region_tag"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["place"]
    search_help_text = gettext_lazy("A State in any of six languages, a place, or the symbol of a report.")
    date_hierarchy = "starts_on"
    autocomplete_fields = ["country", "region_tag", "presented_at", "holder", "presented_by"]
    inlines = [PlanInline]
    fieldsets = [
        (None, {"fields": ["kind", "country", "region_tag", "place", "state", "reason"]}),
        (
            gettext_lazy("When"),
            {"fields": ["starts_on", "ends_on", "dates_evidence", "printed_period", "certainty", "holder"]},
        ),
        (gettext_lazy("Money"), {"fields": ["funding"]}),
        (
            gettext_lazy("Report and follow-up"),
            {
                "description": gettext_lazy("For country visits only: other visits make no formal findings."),
                "fields": [
                    "report_symbol",
                    "report_evidence",
                    "report_issued_on",
                    "presented_at",
                    "presented_by",
                    "follow_up",
                ],
            },
        ),
        (None, {"fields": ["note"]}),
    ]
    acts = [
        Act(
            "replan",
            label=gettext_lazy("Plan anew"),
            question=gettext_lazy("Add this plan? The plans before it stay."),
            done=gettext_lazy("The new plan stands beside the ones before it."),
            may=permissions.may_change,
            do=services.replan,
            form=ReplanForm,
            offered=lambda visit: visit.state not in {VisitState.DONE, VisitState.CANCELLED},
            refusals=REFUSALS,
        ),
        *[step_act(state) for state in VisitState],
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["state", "reason"] if obj else ["reason"]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "state":  # a new row begins where its story begins; what is past has its steps
            begins = (VisitState.REQUESTED, VisitState.PIPELINE, VisitState.PENDING, VisitState.DONE)
            kwargs["choices"] = [(state.value, state.label) for state in begins]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.state == VisitState.DONE)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self._warn(request, obj)

    def save_formset(self, request, form, formset, change):
        for plan in formset.save(commit=False):
            plan.by = request.user
            plan.save()
        formset.save_m2m()

    def act_view(self, request, object_id, act):
        response = super().act_view(request, object_id, act)
        if response.status_code == 302:
            self._warn(request, self.get_object(request, object_id))
        return response

    def _warn(self, request, visit):
        for sentence in services.warnings_for(visit):
            self.message_user(request, sentence, messages.WARNING)

    @admin.display(description=gettext_lazy("where"), ordering="country__name_en")
    def where(self, visit):
        return visit.where

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_in_words(self, visit):
        return format_html("{} {}", SHAPES.get(visit.state, "○"), visit.get_state_display())


@admin.register(Candidate)
class CandidateAdmin(MatchingMixin, ActsMixin, AuditedAdmin):
    list_display = ["country", "group", "identified_for", "standing", "period_start", "period_end"]
    list_filter = ["country__regional_group", "identified_for", "period_start"]
    list_select_related = ["country", "visit__country"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["country"]
    search_help_text = gettext_lazy("A State in any of six languages.")
    ordering = ["-period_start", "country__name_en"]
    autocomplete_fields = ["country", "visit"]
    acts = [
        Act(
            "make-visit",
            label=gettext_lazy("Request the visit"),
            question=gettext_lazy("Make a requested country visit of this candidate?"),
            done=gettext_lazy("The visit is requested. Nobody outside sees that until the State has agreed."),
            may=permissions.may_change,
            do=services.make_visit,
            offered=lambda candidate: candidate.visit_id is None,
            refusals=REFUSALS,
        ),
    ]

    def changelist_view(self, request, extra_context=None):
        for sentence in services.warnings_of_plan():
            self.message_user(request, sentence, messages.WARNING)
        return super().changelist_view(request, extra_context)

    @admin.display(description=gettext_lazy("UN regional group"), ordering="country__regional_group")
    def group(self, candidate):
        return candidate.country.get_regional_group_display()

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, candidate):
        visit = candidate.visit
        return visit.get_state_display() if visit else _("Candidate")


@admin.register(VisitFigure)
class VisitFigureAdmin(AuditedAdmin):
    list_display = ["label", "quantity", "qualifier", "out_of", "period", "note", "ref"]
    list_filter = ["qualifier", "evidence"]
    search_fields = ["label", "code", "ref"]
