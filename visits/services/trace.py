"""The history of a visit: one row for each step with the day it happened, and the audit entry beside it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines.clock import short
from iesogi.deadlines.days import today
from visits.enums import StepKind
from visits.exceptions import StepRefused
from visits.models import Visit, VisitStep

IN_ORDER = [StepKind.STATE, StepKind.REPORT]


def locked(visit: Visit) -> Visit:
    return Visit.objects.select_for_update().get(pk=visit.pk)


def happened(visit: Visit, on: date | None, *, in_order: bool = False) -> date:
    """The day of a step: today if it was left open, never one to come, and for states none before the last state."""
    on = on or today()
    if on > today():
        raise StepRefused(_("%(day)s is still to come. A step is recorded once it was taken.") % {"day": short(on)})
    last = visit.steps.filter(kind__in=IN_ORDER).order_by("on").last() if in_order else None
    if last and on < last.on:
        raise StepRefused(
            _("“%(step)s” happened on %(day)s, so the next step cannot be earlier. Check the day.")
            % {"step": last.in_words, "day": short(last.on)}
        )
    return on


def keep(
    visit: Visit, kind: StepKind, code: str, *, on: date, by: Any, note: str = "", verb: str, **said
) -> VisitStep:
    step = VisitStep(visit=visit, kind=kind, code=code, on=on, note=note, by=by if by and by.pk else None)
    step.full_clean()
    step.save(force_insert=True)
    audit.record(by=by, verb=verb, target=visit, on=on, **said, **({"note": note} if note else {}))
    return step
