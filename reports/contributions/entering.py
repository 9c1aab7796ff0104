"""A contribution that came by mail or on paper, entered by staff: sealed like any other, and without a number."""

from datetime import date, datetime, time

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iesogi.audit import services as audit
from iesogi.deadlines.days import GENEVA, day_of, today
from iesogi.vault import intake
from iesogi.vault.enums import Slug
from iesogi.vault.exceptions import VaultRefused
from reports.calls import closing
from reports.calls.enums import CallState
from reports.calls.models import Call
from reports.calls.permissions import may_screen
from reports.contributions.desk_views import asked, call_of, page
from reports.contributions.enums import Came, Timing, WhyLate
from reports.contributions.exceptions import ContributionRefused
from reports.contributions.forms import AnswersForm, name_of
from reports.contributions.models import Contribution
from reports.contributions.services import Given, Place, receive
from reports.forms import DayInput

NOON = time(12)


class EnterForm(AnswersForm):
    FIRST = ["came", "received_on", "late_reason", *AnswersForm.FIRST]

    came = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[(each.value, each.label) for each in (Came.MAIL, Came.PAPER, Came.OTHER)],
    )
    received_on = forms.DateField(label=gettext_lazy("Received on"), widget=DayInput, initial=today)
    late_reason = forms.ChoiceField(
        label=gettext_lazy("Why it is taken late"),
        choices=[("", gettext_lazy("It came in time")), *WhyLate.choices],
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in self.questions:
            self.fields[name_of(question)].required = False  # a letter or a mail answers what it answers
        self.fields["category"].label = _("Who wrote it")
        self.fields["name"].label = _("Name of the person or organization")
        self.fields["cosigners"].help_text = _("One on a line.")
        self.fields["publication"].help_text = _("Only what its sender has agreed to; confidential where nobody said.")
        self.fields["email"].help_text = _("Where it may be published, its sender gets a mail that it has arrived.")

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come. Enter the day on which it was received."))
        return day

    def clean(self):
        cleaned = super().clean()
        day, category = cleaned.get("received_on"), cleaned.get("category")
        if day and category:
            late = is_late(self.call, category, day)
            if late and not cleaned.get("late_reason"):
                self.add_error("late_reason", _("It came after closing. Say why it is taken, or leave it out."))
            if not late and cleaned.get("late_reason"):
                self.add_error("late_reason", _("It came before closing, so it needs no reason."))
        return cleaned

    def given(self) -> Given:
        names = (*AnswersForm.FIRST, *AnswersForm.LAST, "came")
        said = {name: self.cleaned_data[name] for name in names}
        return Given(**said, answers=self.texts(), mail_language=get_language())


def is_late(call: Call, category: str, day: date) -> bool:
    """Whatever the hour, what came on the day of closing came in time."""
    closes = closing.closes_for(call, category)
    return closes is not None and day > day_of(closes)


@transaction.atomic
def enter(call: Call, given: Given, *, received_on: date, late_reason: str, files, by) -> Contribution:
    """Raises ContributionRefused, or VaultRefused while the channel takes nothing."""
    decision = may_screen(by)
    if not decision:
        raise ContributionRefused(decision.reason)
    if call.state == CallState.DRAFT:
        raise ContributionRefused(_("This call is a draft, so nobody can have answered it. Publish it first."))
    at = datetime.combine(received_on, NOON, tzinfo=GENEVA)
    place = Place(Timing.LATE if late_reason else Timing.IN_TIME, reason=late_reason)
    made = []
    intake.submit_sealed(
        number=None,
        content=given.parts(call),
        files=files,
        channel=Slug.INPUTS,
        identity_channel=None,
        at=at,
        then=lambda sealed: made.append(receive(sealed, call=call, given=given, place=place, at=at)),
    )
    audit.record(by=by, verb="contribution.entered", target=made[0], came=given.came)
    return made[0]


@require_http_methods(["GET", "HEAD", "POST"])
def enter_page(request, object_id):
    asked(request.user, may_screen)
    call = call_of(object_id)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EnterForm(*posted, call=call, questions=list(call.questions.all()))
    if form.is_bound and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("received_on", "late_reason")}
        try:
            row = enter(call, form.given(), **days, files=form.incoming(), by=request.user)
        except (ContributionRefused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is sealed. It has no number, so its sender cannot come back here."))
            return redirect(reverse("admin:reports_contribution_change", args=[row.pk]))
    context = {"call": call, "form": form, "opts": Contribution._meta}
    return page(request, "reports/contributions/enter.html", _("Enter a contribution"), **context)
