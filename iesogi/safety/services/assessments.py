"""Go or no-go, and the version that replaces a decided assessment."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from iesogi.safety.enums import Verdict
from iesogi.safety.exceptions import SafetyRefused
from iesogi.safety.models import RiskAssessment

CARRIED_OVER = (
    "subject_label", "subject_url", "country", "method", "check_point", "threat", "likelihood", "severity",
    "exposure", "digital", "mitigation", "safe_contact", "precautions", "methodology",
)  # fmt: skip


def _locked(assessment: RiskAssessment) -> RiskAssessment:
    return RiskAssessment.objects.select_for_update().get(pk=assessment.pk)


@transaction.atomic
def decide(
    assessment: RiskAssessment, *, verdict: str, by: Any, conditions: str = "", review_on: date | None = None
) -> RiskAssessment:
    """Go or no-go by a named officer (domain.md section 6, step 4); without a day it holds RISK_ASSESSMENT_DAYS."""
    assessment, verdict = _locked(assessment), Verdict(verdict)
    if assessment.is_decided:
        raise SafetyRefused(_("This assessment is decided already. Make a new version if things have changed."))
    if verdict == Verdict.PENDING:
        raise SafetyRefused(_("Say go, go under conditions, or no go."))
    if verdict == Verdict.GO and assessment.open_precautions:
        missing = "; ".join(str(each.label) for each in assessment.open_precautions)
        raise SafetyRefused(
            _("The zero-tolerance checklist is not complete: %(missing)s. Complete it, or go under conditions.")
            % {"missing": missing}
        )
    assessment.verdict, assessment.conditions = verdict, conditions.strip()
    assessment.decided_by, assessment.decided_on = by, today()
    assessment.review_on = review_on or today() + timedelta(days=settings.RISK_ASSESSMENT_DAYS)
    assessment.full_clean(exclude=["replaces"])
    assessment.save(update_fields=["verdict", "conditions", "decided_by", "decided_on", "review_on"])
    audit.record(by=by, verb="riskassessment.decided", target=assessment, verdict=verdict.value)
    return assessment


@transaction.atomic
def revise(assessment: RiskAssessment, *, by: Any) -> RiskAssessment:
    """A new version with the words of the old one, to be changed and decided; the old one stays as it was."""
    assessment = _locked(assessment)
    if not assessment.is_decided:
        raise SafetyRefused(_("This assessment is not decided yet, so it can be changed as it is."))
    if RiskAssessment.objects.filter(replaces=assessment).exists():
        raise SafetyRefused(_("This assessment has a newer version already. Go on with that one."))
    kept = {name: getattr(assessment, name) for name in CARRIED_OVER}
    new = RiskAssessment(**kept, replaces=assessment, version=assessment.version + 1)
    new.full_clean()
    new.save(force_insert=True)
    audit.record(by=by, verb="riskassessment.revised", target=new, replaces=assessment.pk)
    return new
