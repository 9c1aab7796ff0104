"""Steps of one milestone: done, put off with a reason, given to somebody."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines import services as deadlines
from reports.enums import OHCHR_STAGES, ReportState
from reports.exceptions import StepRefused
from reports.method import approvals
from reports.models import Milestone
from reports.permissions import may_bring_to


def _locked(milestone: Milestone) -> Milestone:
    milestone = Milestone.objects.select_for_update(of=("self",)).with_deadlines().get(pk=milestone.pk)
    if not milestone.deadline.is_open:
        raise StepRefused(
            _("This milestone is “%(state)s” already. Reopen its deadline first if that was a mistake.")
            % {"state": milestone.deadline.get_state_display()}
        )
    return milestone


@transaction.atomic
def complete_milestone(milestone: Milestone, *, by: Any, on: date | None = None, evidence: str = "") -> Milestone:
    """The step is done: its deadline stops reminding, and what shows it is kept beside it."""
    milestone = _locked(milestone)
    _judge(milestone, by=by)
    milestone.deadline = deadlines.complete(milestone.deadline, by=by, on=on, at_subject=True)
    milestone.evidence = evidence.strip()
    milestone.full_clean()
    milestone.save(update_fields=["evidence"])
    audit.record(by=by, verb="milestone.completed", target=milestone, evidence=milestone.evidence)
    return milestone


def _judge(milestone: Milestone, *, by: Any) -> None:
    """Drafting and what follows belong to OHCHR; a step with a chain waits for everybody in it."""
    if by and milestone.stage in OHCHR_STAGES:
        decision = may_bring_to(by, ReportState.DRAFTING)
        if not decision:
            raise StepRefused(decision.reason)
    waiting = approvals.missing(milestone)
    if waiting:
        raise StepRefused(
            _("This step is not approved yet: “%(part)s” by the role “%(role)s” comes next.")
            % {"part": waiting[0].part.label, "role": waiting[0].role.label}
        )


@transaction.atomic
def slip(milestone: Milestone, *, to: date, reason: str, by: Any) -> Milestone:
    """The step needs longer: the first date and the reason stay, and never beyond the slot date."""
    milestone = _locked(milestone)
    milestone.deadline = deadlines.extend(milestone.deadline, to=to, reason=reason, by=by)
    audit.record(by=by, verb="milestone.slipped", target=milestone, to=to, reason=reason.strip())
    return milestone


@transaction.atomic
def assign(milestone: Milestone, *, owner: Any, by: Any) -> Milestone:
    """Who answers for the step and gets its reminders; without an owner the desk does."""
    milestone = _locked(milestone)
    deadline = milestone.deadline
    if owner == deadline.owner:
        return milestone
    was, deadline.owner = deadline.owner, owner
    deadline.full_clean()
    deadline.save(update_fields=["owner", "updated_at"])
    audit.record(by=by, verb="milestone.assigned", target=milestone, was=str(was or ""), to=str(owner or ""))
    return milestone
