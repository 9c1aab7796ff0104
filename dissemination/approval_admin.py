"""Admin pages that press items and posts have in common: who sees what, what is locked when, and the steps as acts."""

from functools import partial

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communications.models import Letter
from dissemination import approval
from dissemination.enums import DraftState
from dissemination.exceptions import StepRefused
from dissemination.permissions import may_approve, may_change
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin

SHAPES = {
    DraftState.DRAFT: "○",
    DraftState.REVIEW: "◐",
    DraftState.APPROVED: "◆",
    DraftState.OUT: "●",
    DraftState.WITHDRAWN: "×",
}
REFUSALS = (StepRefused,)
act = partial(Act, may=may_change, refusals=REFUSALS)


class RemarkForm(forms.Form):
    remark = forms.CharField(label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def in_state(*states):
    return lambda item: item.state in states


APPROVAL_ACTS = [
    act(
        "submit",
        label=gettext_lazy("Hand in for approval"),
        question=gettext_lazy("Hand this in? Its words stay as they are until somebody else has decided."),
        done=gettext_lazy("It waits for approval by somebody else."),
        do=approval.submit,
        offered=in_state(DraftState.DRAFT),
    ),
    Act(
        "approve",
        label=gettext_lazy("Approve"),
        question=gettext_lazy("Have you read every version, and may it leave in the name of the mandate?"),
        done=gettext_lazy("It is approved. It leaves when a person sends it and says so here."),
        may=may_approve,
        do=approval.approve,
        offered=in_state(DraftState.REVIEW),
        refusals=REFUSALS,
    ),
    act(
        "send-back",
        label=gettext_lazy("Send back"),
        question=gettext_lazy("Send this back to be written anew?"),
        done=gettext_lazy("It is a draft again, with your remark."),
        do=approval.send_back,
        form=RemarkForm,
        offered=in_state(DraftState.REVIEW, DraftState.APPROVED),
    ),
    act(
        "withdraw",
        label=gettext_lazy("Withdraw"),
        question=gettext_lazy("Is this not to leave at all? It stays in the list of withdrawn ones."),
        done=gettext_lazy("It is withdrawn."),
        do=approval.withdraw,
        form=RemarkForm,
        offered=lambda item: DraftState.WITHDRAWN in item.successors() and not item.output_id,
    ),
]


class OutgoingAdmin(ActsMixin, AuditedAdmin):
    list_per_page = 25
    show_full_result_count = False
    autocomplete_fields = ["report", "visit", "activity"]
    readonly_fields = ["state_in_words", "author", "approved", "remark", "counted_as"]
    subject_fields = ("report", "visit", "letter", "campaign", "activity")

    def get_queryset(self, request):
        """Relations are named here: Django leaves `list_select_related` out where the rows name some already."""
        rows = super().get_queryset(request).visible_to(request.user)
        return rows.select_related("author", "approved_by", "output")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "letter":  # whoever may not read letters chooses among the published ones all the same
            kwargs["queryset"] = Letter.objects.published().select_related("country")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        """What was handed in is read, approved or sent back, and not written over."""
        return super().has_change_permission(request, obj) and (obj is None or obj.may_be_edited)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.state == DraftState.DRAFT)

    def save_model(self, request, obj, form, change):
        """Whoever wrote last counts as the author, so nobody approves words of their own."""
        obj.author = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_in_words(self, item):
        words = format_html("{} {}", SHAPES[item.state], item.get_state_display())
        if item.state != DraftState.REVIEW or item.submitted_at is None:
            return words
        return format_html("{} ({})", words, _("for %(time)s") % {"time": timesince(item.submitted_at)})

    @admin.display(description=gettext_lazy("approved by"))
    def approved(self, item):
        return item.approved_by or "–"

    @admin.display(description=gettext_lazy("counted as"))
    def counted_as(self, item):
        return f"{item.output.get_kind_display()}, {item.output.issued_on.isoformat()}" if item.output else "–"
