"""Do no harm is a gate (WP 2021-2023 para 7; domain.md R15): wings ask here before people are involved.

A visit asks before it is confirmed, a communication before it is sent, a consultation before it is opened.
"""

from datetime import date

from django.utils.translation import gettext as _

from iesogi.accounts.permissions import ALLOWED, Decision
from iesogi.deadlines.clock import in_words
from iesogi.safety.enums import GOES_AHEAD, Verdict
from iesogi.safety.models import RiskAssessment


def may_confirm(assessment: RiskAssessment | None, *, on: date) -> Decision:
    """Allowed while the assessment is decided in favour, within its review date and not replaced."""
    reason = _missing(assessment) or _lapsed(assessment, on)
    return Decision(allowed=False, reason=reason) if reason else ALLOWED


def _missing(assessment: RiskAssessment | None) -> str:
    if assessment is None:
        return _("There is no risk assessment yet. Write one and have it decided: no activity puts people at risk.")
    if assessment.verdict == Verdict.NO_GO:
        return _("The risk assessment says no go. Change the plan and have a new version decided.")
    if assessment.verdict not in GOES_AHEAD:
        return _("The risk assessment is not decided. A named officer says go or no go first.")
    return ""


def _lapsed(assessment: RiskAssessment, on: date) -> str:
    if RiskAssessment.objects.filter(replaces=assessment).exists():
        return _("A newer version of this risk assessment exists. Link the new one once it is decided.")
    if assessment.decided_on > on:
        return _("The risk assessment was decided on a later day than this step. Check the dates.")
    if assessment.review_on < on:
        return _("The risk assessment held until %(day)s. Have a new version decided before you go on.") % {
            "day": in_words(assessment.review_on)
        }
    return ""
