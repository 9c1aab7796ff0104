"""How the visits of a period stand: against the number aimed at, and spread over the regional groups."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from iesogi.reference.enums import Evidence, FundingSource, RegionalGroup
from visits.enums import VisitKind, VisitState
from visits.models import Candidate, Visit, VisitFigure


class Progress(NamedTuple):
    """Country visits of a period; a visit to a State that was no candidate counts too (WP 2021-2023 para 23)."""

    aimed_at: int | None
    candidates: int
    visited: int
    visited_candidates: int

    @property
    def visited_others(self) -> int:
        return self.visited - self.visited_candidates


def progress(start: date, end: date) -> Progress:
    target = VisitFigure.objects.filter(code="country_visit_target").first()
    candidates = Candidate.objects.of_period(start)
    return Progress(
        aimed_at=int(target.quantity) if target else None,
        candidates=candidates.count(),
        visited=Visit.objects.country_visits().done().in_period(start, end).count(),
        visited_candidates=candidates.visited_in(start, end).count(),
    )


class GroupBalance(NamedTuple):
    group: RegionalGroup
    candidates: int
    visited: int

    @property
    def label(self) -> str:
        return self.group.label


def by_group(start: date, end: date) -> list[GroupBalance]:
    """Candidates and visits of the period in each regional group that has one of them. Two queries."""
    candidates = Candidate.objects.of_period(start).values_list("country__regional_group", flat=True)
    visited = Visit.objects.country_visits().done().in_period(start, end)
    hoped, done = Counter(candidates), Counter(visited.values_list("country__regional_group", flat=True))
    return [GroupBalance(group, hoped[group], done[group]) for group in RegionalGroup if hoped[group] or done[group]]


class Variance(NamedTuple):
    """Carried out against foreseen, as printed; the difference and the rate are computed (footnote 10)."""

    done: VisitFigure
    foreseen: VisitFigure

    @property
    def difference(self) -> int:
        return int(self.done.quantity - self.foreseen.quantity)

    @property
    def percent(self) -> Decimal:
        return round(self.done.quantity * 100 / self.foreseen.quantity, 1)

    @property
    def reason(self) -> str:
        return self.foreseen.note


def promotional_variance() -> Variance | None:
    figures = {figure.code: figure for figure in VisitFigure.objects.filter(code__startswith="promotional_")}
    if not {"promotional_visits_done", "promotional_visits_foreseen"} <= figures.keys():
        return None
    return Variance(figures["promotional_visits_done"], figures["promotional_visits_foreseen"])


class FundingShare(NamedTuple):
    """Promotional visits planned from one source against those that use it (WP 2021-2023 para 26)."""

    source: str
    planned: int
    done: int
    agreed: int

    @property
    def label(self) -> str:
        return FundingSource(self.source).label

    @property
    def left(self) -> int:
        return self.planned - self.done - self.agreed


SHARE = "promotional_share_"


AGREED = (VisitState.PENDING, VisitState.UNDER_WAY)


def funding_shares(*, public: bool = False) -> list[FundingShare]:
    """Six, six and six, with what is left of each. Advisory visits have no share (trap 21). Three queries.

    Visits before the latest period of candidates used other money. `public`: without those still in preparation.
    """
    planned = {each.code.removeprefix(SHARE): each for each in VisitFigure.objects.filter(code__startswith=SHARE)}
    states = [VisitState.DONE, *AGREED, *([] if public else [VisitState.PREPARING])]
    used = Visit.objects.filter(kind=VisitKind.PROMOTIONAL, state__in=states).exclude(funding="")
    if latest := Candidate.objects.order_by("-period_start").first():
        used = used.exclude(starts_on__lt=latest.period_start)
    counts = Counter((funding, state == VisitState.DONE) for funding, state in used.values_list("funding", "state"))
    return [
        FundingShare(source, int(planned[source].quantity), counts[source, True], counts[source, False])
        for source in FundingSource.values
        if source in planned
    ]


class Outcome(NamedTuple):
    """One State of a plan, or one visited outside of it: what was planned, what came of it, how sure that is."""

    state: str
    group: str
    planned: str
    outcome: str
    evidence: str
    url: str


def outcomes(start: date, end: date, *, on: date | None = None) -> list[Outcome]:
    """Plan against outcome: candidates of a period, then its visits to other States; `on`: as known by that day."""
    candidates = list(Candidate.objects.of_period(start).select_related("country", "visit"))
    others = Visit.objects.country_visits().done(on=on).in_period(start, end).exclude(candidacies__period_start=start)
    return [
        *(_of_candidate(each, on) for each in candidates),
        *map(_of_other, others.select_related("country").order_by("starts_on")),
    ]


def _of_candidate(candidate: Candidate, on: date | None) -> Outcome:
    visit = candidate.visit if candidate.visit and candidate.visit.is_public else None
    if visit and on and visit.starts_on and visit.starts_on > on:
        visit = None
    year = candidate.identified_for
    return Outcome(
        state=str(candidate.country),
        group=candidate.country.get_regional_group_display(),
        planned=_("Candidate, identified for %d") % year if year else _("Candidate"),
        outcome=(candidate.visit_in_words if visit else "") or _("Not visited"),
        evidence=_evidence(visit) if visit else "",
        url=visit.get_absolute_url() if visit else "",
    )


def _of_other(visit: Visit) -> Outcome:
    return Outcome(
        state=str(visit.country),
        group=visit.country.get_regional_group_display(),
        planned=_("Not on the list"),
        outcome=_("Visited: %(dates)s.") % {"dates": visit.dates_in_words},
        evidence=_evidence(visit),
        url=visit.get_absolute_url(),
    )


def _evidence(visit: Visit) -> str:
    return str(Evidence(visit.dates_evidence).label) if visit.dates_evidence else ""
