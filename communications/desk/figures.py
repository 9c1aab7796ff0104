"""The funnel of the intake: how many came, were complete, agreed to, read, proposed, taken up. Clear columns alone.

Each figure is a query over one QuerySet, by week, quarter, regional group or matter.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communications.cases.enums import CaseState, Criterion, Matter, Outcome
from communications.cases.models import Case
from iesogi.reference.enums import RegionalGroup

# Past the step, wherever the case went afterwards.
STAGES = {
    "received": (gettext_lazy("Received"), Q()),
    "C1": (Criterion.C1.label, Q(meets_c1=True)),
    "C2": (Criterion.C2.label, Q(meets_c2=True)),
    "C3": (Criterion.C3.label, Q(meets_c3=True)),
    "C4": (Criterion.C4.label, Q(meets_c4=True)),
    "C5": (Criterion.C5.label, Q(meets_c5=True)),
    "complete": (
        gettext_lazy("Complete (C1 to C4)"),
        Q(meets_c1=True, meets_c2=True, meets_c3=True, meets_c4=True),
    ),
    "agreed": (gettext_lazy("Letter agreed to"), Q(agrees_to_letter=True)),
    "reviewed": (gettext_lazy("Reviewed"), ~Q(state=CaseState.RECEIVED)),
    "proposed": (gettext_lazy("Proposed and waiting"), Q(state=CaseState.PROPOSED)),
    "taken_up": (
        gettext_lazy("Taken up"),
        Q(state=CaseState.TAKEN_UP) | Q(state=CaseState.CLOSED, outcome=Outcome.LETTER_SENT),
    ),
    "declined": (gettext_lazy("Not taken up"), Q(state=CaseState.DECLINED)),
}


class Row(NamedTuple):
    label: str
    counts: list[int | str]


class Table(NamedTuple):
    title: str
    heads: list[str]
    rows: list[Row]


def heads() -> list[str]:
    return [str(label) for label, _fact in STAGES.values()]


def counted(cases) -> dict[str, Count]:
    return {name: Count("pk", filter=fact or None) for name, (_label, fact) in STAGES.items()}


def _row(label: str, found: dict) -> Row:
    return Row(label, [found[name] for name in STAGES])


def by(field: str, labels: dict, title: str, *, since: date | None = None) -> Table:
    """One query; rows in the order of the labels, and what has none at the end."""
    cases = Case.objects.filter(week__gte=since) if since else Case.objects.all()
    grouped = cases.order_by().values(field).annotate(**counted(cases))
    found = {each[field] or "": each for each in grouped}
    rows = [_row(str(label), found[key]) for key, label in labels.items() if key in found]
    if "" in found and "" not in labels:
        rows.append(_row(_("Not said"), found[""]))
    return Table(title, heads(), rows)


def tables(*, on: date) -> list[Table]:
    """All years in whole; weeks for the last quarter of a year."""
    return [
        total(),
        by_quarter(),
        by_week(since=on - timedelta(weeks=13)),
        by("country__regional_group", dict(RegionalGroup.choices), _("By regional group of the State")),
        by("matter", dict(Matter.choices), _("By kind of matter")),
        declined(),
    ]


def total() -> Table:
    cases = Case.objects.all()
    return Table(_("All reports"), heads(), [_row(_("All"), cases.aggregate(**counted(cases)))])


def _weeks(since: date | None = None) -> Iterator[tuple[date, dict]]:
    cases = Case.objects.filter(week__gte=since) if since else Case.objects.all()
    for each in cases.order_by("-week").values("week").annotate(**counted(cases)):
        yield each["week"], each


def by_week(*, since: date) -> Table:
    rows = [_row(week.isoformat(), found) for week, found in _weeks(since)]
    return Table(_("By week, the last 13"), heads(), rows)


def by_quarter() -> Table:
    """A week belongs to the quarter of its Monday."""
    sums: dict[str, dict] = {}
    for week, found in _weeks():
        name = f"{week.year} Q{(week.month + 2) // 3}"
        kept = sums.setdefault(name, dict.fromkeys(STAGES, 0))
        for stage in STAGES:
            kept[stage] += found[stage]
    return Table(_("By quarter"), heads(), [_row(name, found) for name, found in sums.items()])


def declined() -> Table:
    found = dict(
        Case.objects.filter(state=CaseState.DECLINED).order_by().values_list("outcome").annotate(count=Count("pk"))
    )
    rows = [Row(str(outcome.label), [found[outcome.value]]) for outcome in Outcome if outcome.value in found]
    return Table(_("Not taken up, by reason"), [_("Cases")], rows)


def suppressed(table: Table) -> Table:
    """Small cells as "fewer than 5" (R28). Where one would follow from the others, the next goes too."""
    columns = list(zip(*(row.counts for row in table.rows), strict=True))
    masked = [_masked(column) for column in columns]
    rows = [
        Row(row.label, [_told(count, number in masked[place]) for place, count in enumerate(row.counts)])
        for number, row in enumerate(table.rows)
    ]
    return Table(table.title, table.heads, rows)


def _masked(column: tuple[int, ...]) -> set[int]:
    small = {number for number, count in enumerate(column) if 0 < count < settings.SMALL_CELL}
    others = sorted((count, number) for number, count in enumerate(column) if number not in small and count)
    return small | {others[0][1]} if len(small) == 1 and others else small


def _told(count: int, is_masked: bool) -> int | str:
    if not is_masked:
        return count
    if count >= settings.SMALL_CELL:
        return _("not shown")
    return _("fewer than %(least)s") % {"least": settings.SMALL_CELL}
