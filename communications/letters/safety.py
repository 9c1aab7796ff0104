"""Where a letter gets the risk assessment without which it does not go out (domain.md R15)."""

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from communications.models import Letter
from iesogi.accounts.models import User
from iesogi.safety.enums import Method
from iesogi.safety.gates import may_confirm

ASSESSMENT = "admin:safety_riskassessment"


def ways(letter: Letter, *, user: User, on: date) -> list[tuple[str, str]]:
    """Label and address of what leads to an assessment that holds; nothing where one does."""
    assessment = letter.risk_assessment
    if may_confirm(assessment, on=on):
        return []
    if assessment is not None:
        return [(_("Open the risk assessment"), reverse(f"{ASSESSMENT}_change", args=[assessment.pk]))]
    page = reverse("admin:communications_letter_change", args=[letter.pk])
    choose = (_("Choose a risk assessment"), f"{page}#id_risk_assessment")
    if not user.has_perm("safety.add_riskassessment"):
        return [choose]
    return [(_("Write a risk assessment"), _begun(letter, page)), choose]


def _begun(letter: Letter, page: str) -> str:
    """The page of a new one, begun with what the letter says."""
    known = {"method": Method.COMMUNICATION.value, "subject_label": f"{letter}", "subject_url": page}
    if letter.country_id:
        known["country"] = letter.country_id
    return f"{reverse(f'{ASSESSMENT}_add')}?{urlencode(known)}"
