"""Contributions counted, all out of one query, so that no two sums disagree (R19)."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from iesogi.reference.enums import RegionalGroup
from reports.calls.enums import Category, Part
from reports.contributions.enums import ContributionLanguage, Publication, State, Timing
from reports.contributions.querysets import ContributionQuerySet

NO_REGION = ""
STATES = [State.RECEIVED, State.MORE_INFO, State.ACCEPTED, State.NOT_RELEVANT]


class Line(NamedTuple):
    label: str
    counts: list[int]  # in the order of STATES
    total: int


class Table(NamedTuple):
    title: str
    lines: list[Line]
    columns: list[int]
    total: int


class Statistics(NamedTuple):
    heads: list[str]
    tables: list[Table]
    total: int
    withdrawn: int
    late: int


def statistics(contributions: ContributionQuerySet) -> Statistics:
    """Withdrawn contributions are told apart and counted in no table."""
    keys = ("category", "country__regional_group", "language", "publication", "timing", "state")
    rows = contributions.order_by().values(*keys).annotate(count=Count("pk")).values_list(*keys, "count")
    cells = [(*row[:6], row[6]) for row in rows if row[5] != State.WITHDRAWN]
    withdrawn = sum(row[6] for row in rows if row[5] == State.WITHDRAWN)
    tables = [
        _table(_("In two parts, as reports count them"), cells, lambda row: Category(row[0]).part.value, PARTS),
        _table(_("By category"), cells, lambda row: row[0], _labels(Category)),
        _table(_("By region"), cells, lambda row: row[1] or NO_REGION, _regions()),
        _table(_("By language"), cells, lambda row: row[2], _labels(ContributionLanguage)),
        _table(_("By what senders agreed to"), cells, lambda row: row[3], _short(Publication)),
        _table(_("In time or late"), cells, lambda row: row[4], _labels(Timing)),
    ]
    late = sum(row[6] for row in cells if row[4] == Timing.LATE)
    return Statistics([str(each.label) for each in STATES], tables, sum(row[6] for row in cells), withdrawn, late)


PARTS = [(Part.STATES.value, Part.STATES.label), (Part.OTHERS.value, Part.OTHERS.label)]


def _labels(choices) -> list[tuple[str, str]]:
    return [(each.value, str(each.label)) for each in choices]


def _short(choices) -> list[tuple[str, str]]:
    return [(each.value, str(each.short)) for each in choices]


def _regions() -> list[tuple[str, str]]:
    return [*_labels(RegionalGroup), (NO_REGION, _("No State said, or one in no group"))]


def _table(title: str, cells: list[tuple], key: Callable[[tuple], str], labels: list[tuple[str, str]]) -> Table:
    counts: Counter = Counter()
    for row in cells:
        counts[key(row), row[5]] += row[6]
    lines = []
    for value, label in labels:
        found = [counts[value, state.value] for state in STATES]
        lines.append(Line(str(label), found, sum(found)))
    columns = [sum(line.counts[place] for line in lines) for place in range(len(STATES))]
    return Table(title, lines, columns, sum(columns))
