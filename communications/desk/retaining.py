"""Keep the content of a case longer, from its page. How long it is kept at all is judged in `cases.retention`."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communications.cases import retention
from communications.cases.exceptions import RetentionRefused
from communications.cases.models import Case
from communications.desk import opening
from communications.desk.forms import CaseForm, long_text
from communications.exceptions import StepRefused
from iesogi.vault.sessions import Unlocked


class PostponeForm(CaseForm):
    to = forms.DateField(label=_("Keep until"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = long_text(_("Why"), rows=3, help_text=_("Sealed into the case."))


def postpone(case: Case, *, to: date, reason: str, unlocked: Unlocked) -> Case:
    opening.writable(case, unlocked=unlocked)
    try:
        return retention.postpone(case, to=to, reason=reason, unlocked=unlocked, at=timezone.now())
    except RetentionRefused as refusal:
        raise StepRefused(str(refusal)) from refusal
