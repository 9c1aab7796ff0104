"""How the visits of a period stand: against the number aimed at, and spread over the regional groups."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from iesogi.reference.enums import RegionalGroup
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
