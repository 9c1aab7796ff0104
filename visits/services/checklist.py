"""The checklist of a visit: deadlines counted from its days, moved with them, and closed one by one."""

from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from iesogi.audit import services as audit
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.enums import State
from visits.checklist import Line, plan
from visits.enums import VisitState
from visits.exceptions import StepRefused
from visits.models import ChecklistItem, Visit
from visits.services.trace import locked

ENDS = {VisitState.POSTPONED, VisitState.CANCELLED, VisitState.WITHDRAWN}


def after_step(visit: Visit, to: VisitState, *, by: Any) -> None:
    """Preparation opens the list as soon as there are days; one put off or given up rests its reminders."""
    if to in ENDS:
        _rest(visit, by=by)
    elif to in {VisitState.PREPARING, VisitState.PENDING} and visit.starts_on:
        _plan(visit, by=by)


@transaction.atomic
def plan_checklist(visit: Visit, *, by: Any) -> list[Line]:
    """Open a deadline for each line whose day is known; again, only what changed moves. What is done stays."""
    lines = _plan(locked(visit), by=by)
    if not lines:
        raise StepRefused(
            _("Nothing can be counted yet: enter the days of the visit with “Plan anew”, or load the checklist.")
        )
    return lines


def _plan(visit: Visit, *, by: Any) -> list[Line]:
    lines = plan(visit)
    done = Counter(_write(visit, line, by=by) for line in lines)
    if done["new"] or done["moved"]:
        audit.record(by=by, verb="visit.checklist_planned", target=visit, **done)
    return lines


def _write(visit: Visit, line: Line, *, by: Any) -> str:
    if line.item is None:
        _open(visit, line, by=by)
        return "new"
    if line.item.deadline.state == State.DONE:
        return "stays"
    if line.item.deadline.state == State.CANCELLED:
        deadlines.reopen(line.item.deadline, reason=_("The visit is planned anew."), by=by)
    elif line.item.planned_on == line.due_on:
        return "stays"
    deadlines.move(line.item.deadline, to=line.due_on, explanation=line.explanation, by=by)
    line.item.planned_on = line.due_on
    line.item.save(update_fields=["planned_on"])
    return "moved"


def _open(visit: Visit, line: Line, *, by: Any) -> None:
    with translation.override(settings.LANGUAGE_CODE):  # one language for all who read the deadline later
        title = f"{line.step.label}: {visit}"
    deadline = deadlines.open_on(
        "visit-milestone",
        title=title[:200],
        due_on=line.due_on,
        explanation=line.explanation,
        subject_label=str(visit)[:200],
        subject_url=reverse("admin:visits_visit_change", args=[visit.pk]),
        closing_step=gettext_noop("It is done once its line of the checklist is, on the page of the visit."),
        by=by,
    )
    ChecklistItem.objects.create(visit=visit, step=line.step, deadline=deadline, planned_on=line.due_on)


def _rest(visit: Visit, *, by: Any) -> None:
    reason = _("The visit is “%(state)s”.") % {"state": visit.get_state_display()}
    for item in visit.checklist.open().select_related("deadline"):
        deadlines.cancel(item.deadline, reason=reason, by=by)


@transaction.atomic
def complete_item(item: ChecklistItem, *, by: Any, on: date | None = None, evidence: str = "") -> ChecklistItem:
    """The line is done: its deadline stops reminding, and what shows it is kept beside it."""
    item = ChecklistItem.objects.select_for_update(of=("self",)).select_related("deadline", "step").get(pk=item.pk)
    if not item.deadline.is_open:
        raise StepRefused(
            _("This line is “%(state)s” already. Reopen its deadline first if that was a mistake.")
            % {"state": item.deadline.get_state_display()}
        )
    item.deadline = deadlines.complete(item.deadline, by=by, on=on, at_subject=True)
    item.evidence = evidence.strip()
    item.full_clean()
    item.save(update_fields=["evidence"])
    audit.record(by=by, verb="checklist.completed", target=item, evidence=item.evidence)
    return item
