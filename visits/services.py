"""Steps of a visit: each locks the row, judges, writes and leaves an audit entry; plans are only added (R18)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines.clock import short
from iesogi.deadlines.days import today
from visits.enums import NEEDS_REASON, VisitKind, VisitState
from visits.exceptions import StepRefused
from visits.models import Candidate, Visit, VisitPlan


@transaction.atomic
def step(visit: Visit, to: str, *, by: Any, reason: str = "") -> Visit:
    """Take one step; leaving the plan needs a reason, and a visit is carried out once it is over."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    was, to, reason = VisitState(visit.state), VisitState(to), reason.strip()
    if to not in was.successors:
        raise StepRefused(
            _("A visit that is “%(was)s” cannot become “%(to)s”. Take the steps between first.")
            % {"was": was.label, "to": to.label}
        )
    if to in NEEDS_REASON and not reason:
        raise StepRefused(_("Say why the visit is postponed or cancelled; the reason is kept with it."))
    if to == VisitState.DONE:
        _require_over(visit)
    visit.state, visit.reason = to, reason
    visit.full_clean()
    visit.save(update_fields=["state", "reason"])
    audit.record(by=by, verb="visit.stepped", target=visit, was=was, to=to, reason=reason)
    return visit


def _require_over(visit: Visit) -> None:
    if visit.starts_on is None:
        raise StepRefused(_("Enter the days of the visit first; a visit that was carried out says when."))
    last = visit.ends_on or visit.starts_on
    if last > today():
        raise StepRefused(
            _("The visit ends on %(day)s, which is still to come. Record it as carried out after that day.")
            % {"day": short(last)}
        )


@transaction.atomic
def make_visit(candidate: Candidate, *, by: Any) -> Visit:
    """Ask for the visit: the candidate becomes a requested country visit, with what was planned as its first plan."""
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    if candidate.visit_id:
        raise StepRefused(_("This candidate has a visit already. Go on with that one."))
    visit = Visit(kind=VisitKind.COUNTRY, country=candidate.country, state=VisitState.REQUESTED)
    visit.full_clean()
    visit.save(force_insert=True)
    planned = candidate.identified_for or f"{candidate.period_start.year}-{candidate.period_end.year}"
    VisitPlan.objects.create(visit=visit, planned_for=str(planned), ref=candidate.ref, by=by)
    candidate.visit = visit
    candidate.save(update_fields=["visit"])
    audit.record(by=by, verb="visit.requested", target=visit, candidate=candidate.pk)
    return visit


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
    """Another plan joins the ones before it; days of the visit change only where they are given."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    planned_for, reason = planned_for.strip(), reason.strip()
    if visit.state in {VisitState.DONE, VisitState.CANCELLED}:
        raise StepRefused(
            _("A visit that is “%(state)s” is not planned any more.") % {"state": visit.get_state_display()}
        )
    if not reason:
        raise StepRefused(_("Say why the plan changes; the reason is kept with it."))
    plan = VisitPlan(visit=visit, planned_for=planned_for, planned_from=starts_on, reason=reason, by=by)
    plan.full_clean()
    plan.save(force_insert=True)
    if starts_on:
        visit.starts_on, visit.ends_on = starts_on, ends_on
        visit.full_clean()
        visit.save(update_fields=["starts_on", "ends_on"])
    audit.record(by=by, verb="visit.replanned", target=visit, planned_for=planned_for, reason=reason)
    return visit


def warnings_for(visit: Visit) -> list[str]:
    """What staff should know and may decide otherwise: the budget caters for two country visits a year (para 23)."""
    if visit.kind != VisitKind.COUNTRY or visit.starts_on is None:
        return []
    year, limit = visit.starts_on.year, settings.COUNTRY_VISITS_A_YEAR
    begun = set(Visit.objects.country_visits().begun_in(year).values_list("pk", flat=True)) | {visit.pk}
    if len(begun) <= limit or visit.state == VisitState.CANCELLED:
        return []
    return [
        _("%(count)d country visits begin in %(year)d; the regular budget caters for %(limit)d a year.")
        % {"count": len(begun), "year": year, "limit": limit}
    ]


def warnings_of_plan() -> list[str]:
    """Years for which more candidates are identified than the budget caters for: as printed, so it only warns."""
    limit = settings.COUNTRY_VISITS_A_YEAR
    return [
        _("%(count)d States are identified for %(year)d; the regular budget caters for %(limit)d visits a year.")
        % {"count": count, "year": year, "limit": limit}
        for year, count in Candidate.objects.identified_by_year().items()
        if count > limit
    ]
