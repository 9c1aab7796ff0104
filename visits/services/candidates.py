"""From candidate to visit, and the log of conversations on the way."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.days import today
from iesogi.reference.enums import FundingSource
from visits.enums import StepKind, VisitKind, VisitState
from visits.exceptions import StepRefused
from visits.models import Candidate, Contact, Visit, VisitPlan
from visits.services import waiting
from visits.services.trace import happened, keep


@transaction.atomic
def make_visit(candidate: Candidate, *, by: Any, on: date | None = None) -> Visit:
    """Ask for the visit: the candidate becomes a requested country visit, with what was planned as its first plan."""
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    if candidate.visit_id:
        raise StepRefused(_("This candidate has a visit already. Go on with that one."))
    visit = Visit(
        kind=VisitKind.COUNTRY,
        country=candidate.country,
        state=VisitState.REQUESTED,
        funding=FundingSource.UN_REGULAR_BUDGET,
    )
    visit.full_clean()
    visit.save(force_insert=True)
    on = happened(visit, on)
    planned = candidate.identified_for or f"{candidate.period_start.year}-{candidate.period_end.year}"
    VisitPlan.objects.create(visit=visit, planned_for=str(planned), ref=candidate.ref, by=by)
    candidate.visit = visit
    candidate.save(update_fields=["visit"])
    keep(visit, StepKind.STATE, VisitState.REQUESTED, on=on, by=by, verb="visit.requested", candidate=candidate.pk)
    waiting.wait_for_answer(visit, on=on, by=by)
    return visit


@transaction.atomic
def begin(visit: Visit, *, by: Any) -> Visit:
    """A visit was entered by hand: its story begins, and a request begins to wait for its answer."""
    if visit.state == VisitState.DONE:
        return visit  # what is past tells its days itself
    keep(visit, StepKind.STATE, visit.state, on=today(), by=by, verb="visit.begun")
    if visit.state == VisitState.REQUESTED:
        waiting.wait_for_answer(visit, on=today(), by=by)
    return visit


@transaction.atomic
def log_contact(
    subject: Candidate | Visit,
    *,
    by: Any,
    kind: str,
    office: str,
    summary: str,
    on: date | None = None,
    next_step: str = "",
    next_on: date | None = None,
) -> Contact:
    """Add a conversation to the log; a next step with a day becomes a deadline."""
    if next_on and not next_step.strip():
        raise StepRefused(_("Say what the next step is, so that the reminder says it too."))
    if next_on and next_on < today():
        raise StepRefused(_("The day of the next step is past. Choose a day to come, or leave it empty."))
    candidate = subject if isinstance(subject, Candidate) else None
    contact = Contact(
        candidate=candidate,
        visit=None if candidate else subject,
        on=on or today(),
        kind=kind,
        office=office.strip(),
        summary=summary.strip(),
        next_step=next_step.strip(),
        by=by if by and by.pk else None,
    )
    if contact.on > today():
        raise StepRefused(_("A conversation is recorded once it was held. Choose today or an earlier day."))
    if next_on:
        contact.deadline = _next(contact, next_on, by=by)
    contact.full_clean()
    contact.save(force_insert=True)
    audit.record(by=by, verb="visit.contact_logged", target=contact, subject=str(subject), office=contact.office)
    return contact


def _next(contact: Contact, next_on: date, *, by: Any):
    about = contact.candidate or contact.visit
    name = "candidate" if contact.candidate else "visit"
    with translation.override(settings.LANGUAGE_CODE):
        explanation = _("Agreed in a conversation on %(day)s.") % {"day": contact.on.isoformat()}
        return deadlines.open_on(
            "task",
            title=f"{contact.next_step}: {about}"[:200],
            due_on=next_on,
            explanation=explanation,
            subject_label=str(about)[:200],
            subject_url=reverse(f"admin:visits_{name}_change", args=[about.pk]),
            by=by,
        )
