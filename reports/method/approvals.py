"""Who prepares, guides and approves a step: one row a person, in order, never one's own (WP 2021-2023 para 19a)."""

from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.accounts.enums import Role
from iesogi.accounts.permissions import ALLOWED, Decision
from iesogi.audit import services as audit
from iesogi.deadlines.clock import short
from iesogi.deadlines.days import day_of
from reports.enums import Part, Verdict
from reports.exceptions import StepRefused
from reports.models import Approval, MethodStep, Milestone


class Line(NamedTuple):
    """One part of the chain; `given` is the row that stands for it now, None while somebody is waited for."""

    part: Part
    role: Role
    given: Approval | None

    @property
    def given_in_words(self) -> str:
        if self.given is None:
            return _("waited for")
        return _("%(person)s, %(day)s") % {"person": self.given.by, "day": short(day_of(self.given.at))}


def round_of(rows: list[Approval]) -> int:
    """The round that counts: one more than the times the step was sent back."""
    return 1 + sum(row.verdict == Verdict.RETURNED for row in rows)


def chain_of(milestone: Milestone, step: MethodStep | None = None) -> list[Line]:
    """The parts of this step as they stand; empty where the method asks for nobody."""
    step = step or MethodStep.objects.filter(stage=milestone.stage).first()
    rows = list(milestone.approvals.all())
    now = round_of(rows)
    given = {row.part: row for row in rows if row.round == now}
    return [Line(part, role, given.get(part)) for part, role in (step.chain if step else [])]


def missing(milestone: Milestone, step: MethodStep | None = None) -> list[Line]:
    """Whom the step waits for, the next one first."""
    return [line for line in chain_of(milestone, step) if line.given is None]


def may_stand_for(user: Any, line: Line) -> Decision:
    if user.is_active and user.is_staff and user.groups.filter(name=line.role).exists():
        return ALLOWED
    return Decision(
        allowed=False,
        reason=_("This part belongs to the role “%(role)s”. Ask somebody of that role.") % {"role": line.role.label},
    )


def _next(milestone: Milestone, *, by: Any) -> Line:
    if not milestone.deadline.is_open:
        raise StepRefused(_("This milestone is closed already, so nobody is waited for."))
    waiting = missing(milestone)
    if not waiting:
        raise StepRefused(_("Everybody who has to has stood for this step already."))
    decision = may_stand_for(by, waiting[0])
    if not decision:
        raise StepRefused(decision.reason)
    return waiting[0]


def _locked(milestone: Milestone) -> Milestone:
    return Milestone.objects.select_for_update(of=("self",)).with_deadlines().get(pk=milestone.pk)


@transaction.atomic
def stand_for(milestone: Milestone, *, by: Any, note: str = "") -> Milestone:
    """Give the part that comes next; the step may be marked as done once no part is open."""
    milestone = _locked(milestone)
    return _add(milestone, _next(milestone, by=by), Verdict.GIVEN, by=by, note=note)


@transaction.atomic
def send_back(milestone: Milestone, *, by: Any, note: str) -> Milestone:
    """Who guides or approves asks for changes: the chain begins again, and what was given before stays as history."""
    milestone = _locked(milestone)
    line = _next(milestone, by=by)
    if line.part == Part.PREPARES:
        raise StepRefused(_("Nothing has been prepared yet, so there is nothing to send back."))
    return _add(milestone, line, Verdict.RETURNED, by=by, note=note)


def _add(milestone: Milestone, line: Line, verdict: Verdict, *, by: Any, note: str) -> Milestone:
    row = Approval(
        milestone=milestone,
        part=line.part,
        role=line.role,
        verdict=verdict,
        round=round_of(list(milestone.approvals.all())),
        note=note.strip(),
        by=by,
    )
    row.full_clean()
    row.save(force_insert=True)
    audit.record(by=by, verb=f"milestone.{verdict}", target=milestone, part=line.part, note=row.note)
    return milestone
