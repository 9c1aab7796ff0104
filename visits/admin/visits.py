"""Visits for staff. Kinds obey different rules, and a rule that stands in the way says why."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from iesogi.audit.acts import ActsMixin
from iesogi.audit.admin import AuditedAdmin
from iesogi.audit.cells import beneath
from iesogi.reference.renewal import RenewalMarks
from reports.forms import WholeRowForm
from visits import services
from visits.admin.acts import VISIT_ACTS
from visits.admin.beside import beside
from visits.admin.columns import MatchingMixin
from visits.admin.inlines import ALWAYS, COUNTRY_ONLY, PlanInline
from visits.enums import FIRST, Effect, VisitKind, VisitState
from visits.models import Visit, VisitPlan
from visits.overview import overview
from visits.recommendations.progress import by_visit

SHAPES = {
    VisitState.DONE: "●",
    VisitState.UNDER_WAY: "◕",
    VisitState.PENDING: "◐",
    VisitState.PREPARING: "◔",
    VisitState.POSTPONED: "◑",
    VisitState.CANCELLED: "×",
    VisitState.WITHDRAWN: "×",
}
WHO_AND_WHERE = (None, {"fields": ["kind", "country", "region_tag", "place", "state", "reason", "perspectives"]})
WHEN = (
    _("When"),
    {
        "fields": [
            "starts_on", "ends_on", "put_off", "dates_evidence", "printed_period", "certainty", "invitation", "host",
            "holder",
        ]
    },
)  # fmt: skip
MONEY = (_("Money"), {"fields": ["funding"]})
TERMS = (_("Terms, consultation, risk"), {"fields": ["terms_accepted_on", "participation", "risk_assessment"]})
PRESS = (_("Terms and effects"), {"fields": ["press_terms_on", "participation", "risk_assessment", "effects"]})
REPORT = (
    _("Report and follow-up"),
    {
        "fields": [
            "report_stage", "statement_url", "report_symbol", "report_evidence", "report_issued_on", "presented_at",
            "presented_by", "follow_up",
        ]
    },
)  # fmt: skip
NOTE = (None, {"fields": ["note"]})


class VisitForm(WholeRowForm):
    effects = forms.MultipleChoiceField(
        label=_("Expected effects"), choices=Effect.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class VisitList(ChangeList):
    """What became of the recommendations of all visits on a page, in one query."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = by_visit(self.result_list)
        for visit in self.result_list:
            visit.implementation = found.get(visit.pk)


@admin.register(Visit)
class VisitAdmin(RenewalMarks, MatchingMixin, ActsMixin, AuditedAdmin):
    form = VisitForm
    change_form_template = "visits/admin_visit.html"
    list_display = [
        "where_and_group", "kind", "state_and_report", "dates", "recommendations_done", "funding", "standing",
    ]  # fmt: skip
    list_filter = ["kind", "state", "report_stage", "country__regional_group", "funding", "follow_up"]
    list_select_related = ["country__standing_invitation", "region_tag"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["place"]
    search_help_text = _("A State in any of six languages, a place, or the symbol of a report.")
    date_hierarchy = "starts_on"
    autocomplete_fields = ["country", "region_tag", "presented_at", "holder", "presented_by", "perspectives"]
    acts = VISIT_ACTS

    def get_changelist(self, request, **kwargs):
        return VisitList

    def get_view_on_site_url(self, obj=None):
        """Only where the public has a page of it: a request is nobody's business."""
        return super().get_view_on_site_url(obj) if obj and obj.is_public else None

    def get_inlines(self, request, obj):
        """Promotional and advisory visits have no terms of reference and no findings, so no such parts."""
        if obj is None:
            return [PlanInline]
        return ALWAYS + (COUNTRY_ONLY if obj.kind == VisitKind.COUNTRY else [])

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [WHO_AND_WHERE, WHEN, MONEY, PRESS, REPORT, NOTE]
        if obj.kind == VisitKind.COUNTRY:
            return [WHO_AND_WHERE, WHEN, MONEY, TERMS, REPORT, NOTE]
        return [WHO_AND_WHERE, WHEN, MONEY, PRESS, NOTE]

    def get_readonly_fields(self, request, obj=None):
        """What has a step of its own is not typed; a visit of the past may be completed by hand."""
        by_steps = ["reason", "put_off", "invitation", "terms_accepted_on", "report_stage"]
        if obj is None:
            return by_steps
        days = [] if obj.state in FIRST else ["starts_on", "ends_on"]
        return ["kind", "state", *days, *by_steps]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "state":  # a new row begins where its story begins; what comes later has its steps
            kwargs["choices"] = [(state.value, state.label) for state in FIRST]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        """A visit with a history stays; a slip of the finger of today may go."""
        return super().has_delete_permission(request, obj) and not (obj and obj.state == VisitState.DONE)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        visit = self.get_object(request, object_id)
        context = {"overview": overview(visit), "beside": beside(visit, request.user)} if visit else {}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            services.begin(obj, by=request.user)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self._warn(request, form.instance)

    def save_formset(self, request, form, formset, change):
        for row in formset.save(commit=False):
            if isinstance(row, VisitPlan):
                row.by = request.user
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

    def act_view(self, request, object_id, act):
        response = super().act_view(request, object_id, act)
        if response.status_code == 302:
            self._warn(request, self.get_object(request, object_id))
        return response

    def _warn(self, request, visit):
        for sentence in services.warnings_for(visit):
            self.message_user(request, sentence, messages.WARNING)

    @admin.display(description=_("dates"), ordering="starts_on")
    def dates(self, visit):
        """The first day, with the mark of what lies after the term, and the last."""
        if visit.starts_on is None:
            return "–"
        first = self.with_mark(date_format(visit.starts_on), visit, year=visit.starts_on.year)
        return beneath(first, date_format(visit.ends_on) if visit.ends_on else "")

    @admin.display(description=_("where, UN regional group"), ordering="country__name_en")
    def where_and_group(self, visit):
        return beneath(visit.where, visit.country.get_regional_group_display() if visit.country else "")

    @admin.display(description=_("standing invitation"))
    def standing(self, visit):
        return _("yes") if getattr(visit.country, "standing_invitation", None) else "–"

    @admin.display(description=_("recommendations implemented"))
    def recommendations_done(self, visit):
        """Of those assessed (domain.md R24)."""
        done = visit.implementation
        if done is None:
            return "–"
        words = {"done": done.implemented, "assessed": done.assessed, "total": done.total}
        return _("%(done)d of %(assessed)d assessed, %(total)d in all") % words

    @admin.display(description=_("state, stage of the report"), ordering="state")
    def state_and_report(self, visit):
        state = format_html("{} {}", SHAPES.get(visit.state, "○"), visit.get_state_display())
        return beneath(state, visit.get_report_stage_display())

    @admin.display(description=_("was to take place"))
    def put_off(self, visit):
        return visit.put_off_in_words or "–"
