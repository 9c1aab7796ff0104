"""What stands in the way of a step, each as a full sentence that says what to do (domain.md R14, R15)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iesogi.deadlines.clock import short
from iesogi.deadlines.days import today
from iesogi.reference.enums import FundingSource
from iesogi.safety.gates import may_confirm
from visits.enums import CONFIRMED, VisitKind, VisitState
from visits.models import Visit
from visits.terms import Answer, Term


def no_findings(visit: Visit) -> str:
    """Why this visit reports nothing; empty for a country visit (WP 2021-2023 para 25)."""
    if visit.kind == VisitKind.PROMOTIONAL:
        return _("A promotional visit makes no findings, so it has no statement, no report and no dialogue.")
    if visit.kind == VisitKind.ADVISORY:
        return _("An advisory visit makes no findings, so it has no statement, no report and no dialogue.")
    return ""


def open_terms(visit: Visit) -> list[Term]:
    """Points of the terms of reference that the State has not accepted, in their order."""
    accepted = set(visit.term_answers.filter(answer=Answer.ACCEPTED).values_list("term", flat=True))
    return [term for term in Term if term not in accepted]


def missing_for(visit: Visit, to: VisitState) -> list[str]:
    """Everything that is missing before the step, not only the first of it."""
    missing = []
    if to in {VisitState.INVITED, VisitState.PREPARING} | CONFIRMED and not visit.invitation:
        missing.append(_("Visits happen at invitation only. Record the invitation first."))
    if to == VisitState.PENDING:
        missing += _before_confirmation(visit)
    if to == VisitState.UNDER_WAY and visit.starts_on and visit.starts_on > today():
        missing.append(_("The visit begins on %(day)s, which is still to come.") % {"day": short(visit.starts_on)})
    if to == VisitState.DONE:
        missing += _before_the_end(visit)
    return missing


def _before_confirmation(visit: Visit) -> list[str]:
    missing = [] if visit.starts_on else [_("Agree on the days, and enter them with “Plan anew”.")]
    risk = may_confirm(visit.risk_assessment, on=today())
    missing += [] if risk else [risk.reason]
    missing += _country_visit(visit) if visit.kind == VisitKind.COUNTRY else _other_visit(visit)
    if not visit.participation.strip():
        missing.append(
            _("Write how LGBT persons and communities were consulted on the design of the visit: none begins without.")
        )
    return missing


def _country_visit(visit: Visit) -> list[str]:
    missing = []
    if points := open_terms(visit):
        sentence = ngettext(
            "%(number)d point of the terms of reference is not accepted: %(points)s.",
            "%(number)d points of the terms of reference are not accepted: %(points)s.",
            len(points),
        )
        missing.append(sentence % {"number": len(points), "points": "; ".join(str(term.label) for term in points)})
    if visit.funding != FundingSource.UN_REGULAR_BUDGET:
        missing.append(_("A country visit is paid from the UN regular budget only. Enter that under “Money”."))
    return missing


def _other_visit(visit: Visit) -> list[str]:
    missing = []
    if not visit.funding:
        missing.append(_("Say who pays for the visit: under “Money” stand the sources that may."))
    if not visit.press_terms_on:
        missing.append(
            _(
                "Agree with the host that country situations and cases are not spoken of with the press, and enter "
                "the day of that under “Terms for the press”."
            )
        )
    return missing


def _before_the_end(visit: Visit) -> list[str]:
    if visit.starts_on is None:
        return [_("Enter the days of the visit first; a visit that was carried out says when.")]
    last = visit.ends_on or visit.starts_on
    if last > today():
        return [
            _("The visit ends on %(day)s, which is still to come. Record it as carried out after that day.")
            % {"day": short(last)}
        ]
    return []
