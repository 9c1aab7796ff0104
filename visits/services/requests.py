"""The request for a visit, its reminders, the invitation and the terms of reference (domain.md 5.1)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from visits.enums import CONFIRMED, Invitation, StepKind, VisitKind, VisitState
from visits.exceptions import StepRefused
from visits.models import TermAnswer, Visit
from visits.services import steps, waiting
from visits.services.guards import open_terms
from visits.services.trace import happened, keep, locked
from visits.terms import Answer, Term


@transaction.atomic
def remind(visit: Visit, *, by: Any, on: date | None = None, note: str = "") -> Visit:
    """The request was renewed: its day is kept, and the waiting begins again."""
    visit = locked(visit)
    if visit.state != VisitState.REQUESTED:
        raise StepRefused(
            _("Only a request that waits for its answer is renewed; this visit is “%(state)s”.")
            % {"state": visit.get_state_display()}
        )
    on = happened(visit, on, in_order=True)
    keep(visit, StepKind.REMINDER, "", on=on, by=by, note=note.strip(), verb="visit.request_renewed")
    waiting.end_waiting(visit, on=on, by=by)
    waiting.wait_for_answer(visit, on=on, by=by)
    return visit


@transaction.atomic
def invite(visit: Visit, invitation: str, *, by: Any, on: date | None = None, host: str = "", note: str = "") -> Visit:
    """The State, or the host of another visit, invites: for this visit, or standing with days agreed."""
    visit = locked(visit)
    if invitation == Invitation.STANDING and visit.kind != VisitKind.COUNTRY:
        raise StepRefused(_("Standing invitations are given by States for country visits. Choose an invitation."))
    visit.invitation = Invitation(invitation)
    given = {"invitation": visit.invitation, "host": host.strip() or visit.host}
    return steps.take(visit, VisitState.INVITED, by=by, reason=note.strip(), on=on, **given)


@transaction.atomic
def answer_term(visit: Visit, term: str, answer: str, *, by: Any, on: date | None = None, note: str = "") -> Visit:
    """One point of the terms of reference is answered; the visit keeps the day on which the last one was accepted."""
    visit, term, answer, note = locked(visit), Term(term), Answer(answer), note.strip()
    _judge_terms(visit, answer, note)
    on = happened(visit, on)
    TermAnswer.objects.update_or_create(visit=visit, term=term, defaults={"answer": answer, "on": on, "note": note})
    keep(visit, StepKind.TERM, term, on=on, by=by, note=_said(answer, note), verb="visit.term_answered", term=term,
         answer=answer)  # fmt: skip
    latest = visit.term_answers.order_by("-on").first()
    visit.terms_accepted_on = None if open_terms(visit) else latest.on
    visit.full_clean()
    visit.save(update_fields=["terms_accepted_on"])
    return visit


def _said(answer: Answer, note: str) -> str:
    return f"{answer.label}. {note}".strip()[:300]


def _judge_terms(visit: Visit, answer: Answer, note: str) -> None:
    if visit.kind != VisitKind.COUNTRY:
        raise StepRefused(_("Terms of reference are agreed with a State for a country visit; this visit needs none."))
    if visit.state in CONFIRMED and answer != Answer.ACCEPTED:
        raise StepRefused(
            _("The visit is confirmed on all of these terms. Postpone or cancel it first, then record the answer.")
        )
    if answer == Answer.REFUSED and not note:
        raise StepRefused(_("Say how the State limits this point; the words are kept with the visit."))


@transaction.atomic
def accept_terms(visit: Visit, *, by: Any, on: date | None = None, note: str = "") -> Visit:
    """The State accepts all points that are open."""
    points = open_terms(visit)
    if not points and visit.kind == VisitKind.COUNTRY:
        raise StepRefused(_("Every point of the terms of reference is accepted already."))
    for term in points or [Term.MOVEMENT]:
        visit = answer_term(visit, term, Answer.ACCEPTED, by=by, on=on, note=note)
    return visit
