"""Checklists of visits: lines are ticked off here; the lines every visit gets are staff's to change."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin
from iesogi.deadlines.columns import DeadlineRows
from reports.forms import EvidenceForm
from visits import permissions, services
from visits.admin.columns import REFUSALS
from visits.models import ChecklistItem, ChecklistStep


@admin.register(ChecklistStep)
class ChecklistStepAdmin(AuditedAdmin):
    list_display = ["label", "phase", "anchor", "days", "for_country", "for_others", "evidence", "ref"]
    list_filter = ["phase", "anchor", "for_country", "for_others", "evidence"]
    search_fields = ["label", "code"]
    ordering = ["order", "pk"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if {"days", "anchor"} & set(form.changed_data):
            sentence = _("Visits that are planned already keep their dates until their checklist is planned again.")
            self.message_user(request, sentence, messages.INFO)


@admin.register(ChecklistItem)
class ChecklistItemAdmin(DeadlineRows, ActsMixin, AuditedAdmin):
    """Looked at and ticked off here, planned from the visit."""

    list_display = ["step", "visit", "due", "how_long", "state"]
    list_filter = ["step__phase", "deadline__state", "visit__kind"]
    search_fields = ["step__label", "visit__country__search_text"]
    fields = readonly_fields = ["visit", "step", "due_in_words", "why", "state", "planned_on", "evidence"]
    acts = [
        Act(
            "complete",
            label=gettext_lazy("Done"),
            question=gettext_lazy("Mark this line as done? No more reminders are sent."),
            done=gettext_lazy("The line is done."),
            may=lambda user, item: permissions.may_change(user, item.visit),
            do=services.complete_item,
            form=EvidenceForm,
            offered=lambda item: item.deadline.is_open,
            refusals=REFUSALS,
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_deadlines()
