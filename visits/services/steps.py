"""Steps of a visit: each locks the row, judges, writes and leaves its day and an audit entry; plans are only added."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines.clock import short
from visits.enums import NEEDS_REASON, OVER, StepKind, VisitState
from visits.exceptions import StepRefused
from visits.models import Visit, VisitPlan
from visits.services import checklist, waiting
from visits.services.guards import missing_for
from visits.services.trace import happened, keep, locked


@transaction.atomic
def step(visit: Visit, to: str, *, by: Any, reason: str = "", on: date | None = None) -> Visit:
    """Take one step; leaving the plan needs a reason, and a visit is carried out once it is over."""
    visit, to, reason = locked(visit), VisitState(to), reason.strip()
    if to == VisitState.POSTPONED:
        return postpone(visit, by=by, reason=reason, on=on)
    return take(visit, to, by=by, reason=reason, on=on)


def take(visit: Visit, to: VisitState, *, by: Any, reason: str = "", on: date | None = None, **fields: Any) -> Visit:
    """Judge the step for a locked row and write it with the other fields it changes."""
    was = VisitState(visit.state)
    _judge(visit, was, to, reason)
    on = happened(visit, on, in_order=True)
    fields |= {"state": to, "reason": reason}
    for name, value in fields.items():
        setattr(visit, name, value)
    visit.full_clean()
    visit.save(update_fields=[*fields])
    keep(visit, StepKind.STATE, to, on=on, by=by, note=reason, verb="visit.stepped", was=was, to=to, reason=reason)
    waiting.after_step(visit, to, on=on, by=by)
    checklist.after_step(visit, to, by=by)
    return visit


def _judge(visit: Visit, was: VisitState, to: VisitState, reason: str) -> None:
    if to not in was.successors:
        raise StepRefused(
            _("A visit that is “%(was)s” cannot become “%(to)s”. Take the steps between first.")
            % {"was": was.label, "to": to.label}
        )
    if to in NEEDS_REASON and not reason:
        raise StepRefused(_("Say why the visit is postponed, withdrawn or cancelled; the reason is kept with it."))
    if missing := missing_for(visit, to):
        raise StepRefused(" ".join(missing))


@transaction.atomic
def postpone(
    visit: Visit,
    *,
    by: Any,
    reason: str,
    on: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Visit:
    """Put the visit off: the days given up stay beside the new ones, which may still be open."""
    visit, reason = locked(visit), reason.strip()
    fields = {"starts_on": starts_on, "ends_on": ends_on}
    if visit.starts_on:
        fields |= {"was_to_start_on": visit.starts_on, "was_to_end_on": visit.ends_on}
        before = (visit.starts_on, visit.ends_on)
    visit_had_days = bool(visit.starts_on)
    visit = take(visit, VisitState.POSTPONED, by=by, reason=reason, on=on, **fields)
    if visit_had_days:
        add_plan(visit, *before, reason=reason, by=by)
    if starts_on:
        add_plan(visit, starts_on, ends_on, reason=reason, by=by)
    return visit


def add_plan(visit: Visit, starts_on: date, ends_on: date | None, *, reason: str, by: Any, words: str = "") -> None:
    until = _(" to %(end)s") % {"end": short(ends_on)} if ends_on else ""
    plan = VisitPlan(
        visit=visit,
        planned_for=(words or f"{short(starts_on)}{until}")[:60],
        planned_from=starts_on,
        planned_until=ends_on,
        reason=reason,
        by=by if by and by.pk else None,
    )
    plan.full_clean()
    plan.save(force_insert=True)


@transaction.atomic
def replan(
    visit: Visit,
    planned_for: str,
    *,
    by: Any,
    reason: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Visit:
    """Another plan joins the ones before it; days of the visit and its checklist change only where days are given."""
    visit, planned_for, reason = locked(visit), planned_for.strip(), reason.strip()
    if visit.state in OVER:
        raise StepRefused(
            _("A visit that is “%(state)s” is not planned any more.") % {"state": visit.get_state_display()}
        )
    if not reason:
        raise StepRefused(_("Say why the plan changes; the reason is kept with it."))
    plan = VisitPlan(
        visit=visit, planned_for=planned_for, planned_from=starts_on, planned_until=ends_on, reason=reason, by=by
    )
    plan.full_clean()
    plan.save(force_insert=True)
    if starts_on:
        visit.starts_on, visit.ends_on = starts_on, ends_on
        visit.full_clean()
        visit.save(update_fields=["starts_on", "ends_on"])
    audit.record(by=by, verb="visit.replanned", target=visit, planned_for=planned_for, reason=reason)
    if starts_on and visit.checklist.exists():
        checklist.plan_checklist(visit, by=by)
    return visit
