"""Consultations and expert meetings for staff; the list begins with the regions that were heard."""

from functools import partial

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from iesogi.audit.acts import Act, ActsMixin, says
from iesogi.audit.admin import AuditedAdmin
from iesogi.deadlines.clock import short
from iesogi.deadlines.days import today
from iesogi.documents import maps
from reports import permissions
from reports.admin.refusals import REFUSALS
from reports.consultations import services
from reports.consultations.coverage import coverage, world
from reports.consultations.enums import State
from reports.consultations.models import Attendance, Consultation
from reports.forms import WholeRowForm

SHAPES = {State.PLANNED: "○", State.OPEN: "◐", State.HELD: "●", State.REPORTED: "●", State.CANCELLED: "×"}


def may_change(user, consultation):
    return permissions.may_change(user, consultation)


def step_act(to):
    return Act(
        f"to-{to}",
        label=says(gettext_noop("Mark as “%(state)s”"), to),
        question=_("Take this step? Your name is kept with it."),
        done=says(gettext_noop("It is now “%(state)s”."), to),
        may=may_change,
        do=partial(services.move, to=to),
        offered=lambda consultation: to in State(consultation.state).successors,
        refusals=REFUSALS,
    )


class RecordForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: held in 2019, before the portal. Name no person."),
    )


RECORD = Act(
    "record-past",
    label=_("Record as held before"),
    question=_(
        "Was this held before the portal knew of it? It is kept as held, and says that no risk assessment stands "
        "behind it here. What is still to come is assessed and opened instead."
    ),
    done=_("It is recorded as held. Enter the people as numbers, and the report of the meeting."),
    may=may_change,
    do=services.record_past,
    form=RecordForm,
    offered=lambda row: row.state == State.PLANNED and row.starts_on is not None and row.starts_on < today(),
    refusals=REFUSALS,
)


class AttendanceInline(admin.TabularInline):
    model = Attendance
    extra = 0


@admin.register(Consultation)
class ConsultationAdmin(ActsMixin, AuditedAdmin):
    form = WholeRowForm
    change_list_template = "reports/admin_consultations.html"
    list_display = ["title", "kind", "region_in_words", "starts_on", "state_in_words", "attended", "report"]
    list_filter = ["kind", "state", "region", "announced", "funding"]
    list_select_related = ["report"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["title", "place", "host", "report__title", "report__symbol"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["report", "risk_assessment"]
    readonly_fields = ["state", "recorded"]
    inlines = [AttendanceInline]
    acts = [*(step_act(state) for state in State), RECORD]
    fieldsets = [
        (None, {"fields": ["title", "kind", "report", "region", "state", "recorded", "announced"]}),
        (_("When and where"), {"fields": ["starts_on", "ends_on", "setting", "place", "host", "languages"]}),
        (
            _("People"),
            {"fields": ["participation", "from_communities", "background_sent_on", "risk_assessment"]},
        ),
        (_("Resources"), {"fields": ["funding", "cost_planned", "cost_actual", "staff_days"]}),
        (_("What came out of it"), {"fields": ["outcome_title", "outcome_on", "outcome_url", "note"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_attendance()

    def changelist_view(self, request, extra_context=None):
        found = coverage()
        context = {"coverage": found, "map": world(found), "disclaimer": maps.disclaimer()}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def has_delete_permission(self, request, obj=None):
        """What was held stays; a plan of today may go."""
        return super().has_delete_permission(request, obj) and not (obj and obj.state != State.PLANNED)

    @admin.display(description=_("region"), ordering="region")
    def region_in_words(self, consultation):
        return consultation.get_region_display() if consultation.region else _("The whole world")

    @admin.display(description=_("state"), ordering="state")
    def state_in_words(self, consultation):
        return format_html("{} {}", SHAPES[State(consultation.state)], consultation.get_state_display())

    @admin.display(description=_("recorded afterwards"))
    def recorded(self, consultation):
        if not consultation.recorded_on:
            return "–"
        return gettext("On %(day)s, without a risk assessment here: %(reason)s") % {
            "day": short(consultation.recorded_on),
            "reason": consultation.recorded_why,
        }

    @admin.display(description=_("people"), ordering="attended")
    def attended(self, consultation):
        return consultation.attended or "–"
