"""Figures of a campaign: counted ones out of one query, printed ones as printed, and where the printed ones differ."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from dissemination.campaigns.enums import Level, PrintedMeasure
from dissemination.campaigns.models import Campaign, CampaignFigure
from iesogi.reference.enums import RegionalGroup

NO_REGION = ""


class Line(NamedTuple):
    """A region and its counts, in the order of `Level`; `total` is their sum."""

    region: str
    label: str
    counts: list[int]
    total: int


class Totals(NamedTuple):
    """Every counted signature stands in one cell, so lines, columns and the total cannot disagree."""

    levels: list[str]
    lines: list[Line]
    columns: list[int]
    total: int
    states: int


def totals(campaign: Campaign) -> Totals:
    """Two queries, however many have signed."""
    cells = campaign.signatures.all().count_by_level_and_region()
    lines = [line for line in _lines(cells) if line.total or line.region in FIVE]
    return Totals(
        levels=[str(level.label) for level in Level],
        lines=lines,
        columns=[sum(line.counts[place] for line in lines) for place in range(len(Level))],
        total=sum(cells.values()),
        states=campaign.signatures.all().states(),
    )


# The five groups are always shown: an empty one is a finding too.
FIVE = [group.value for group in RegionalGroup if group != RegionalGroup.WEOG_OBSERVER]


def _lines(cells: dict[tuple[str, str], int]) -> Iterable[Line]:
    for region in [*RegionalGroup.values, NO_REGION]:
        counts = [cells.get((level.value, region), 0) for level in Level]
        yield Line(region, region_label(region), counts, sum(counts))


def region_label(region: str) -> str:
    return str(RegionalGroup(region).label) if region else _("Worldwide, or of a State in no group")


class Printed(NamedTuple):
    """A figure as printed, and the sum of the parts printed for it, with the difference named."""

    label: str
    as_printed: str
    parts: list[tuple[str, str]]
    computed: int | None
    difference: str
    ref: str


def printed(campaign: Campaign) -> list[Printed]:
    """What was printed of this campaign; empty where nothing was. A sum never takes the place of a figure (R21)."""
    figures = list(campaign.figures.all())
    whole = [each for each in figures if not each.level and not each.region]
    national = [each for each in figures if each.level and not each.region]
    national.sort(key=lambda each: Level.values.index(each.level))
    regions = [each for each in figures if each.region]
    found = [_printed(each, national if each.measure == PrintedMeasure.ORGANISATIONS else []) for each in whole]
    return found + [
        _printed(each, [part for part in regions if part.level == each.level])
        for each in national
        if any(part.level == each.level for part in regions)
    ]


def _printed(figure: CampaignFigure, parts: list[CampaignFigure]) -> Printed:
    computed = int(sum(part.quantity for part in parts)) if parts else None
    level = Level(figure.level).label if figure.level else ""
    label = f"{figure.get_measure_display()}, {level}" if level else str(figure.get_measure_display())
    named = [(part.printed or str(Level(part.level).label), part.as_printed) for part in parts]
    return Printed(label, figure.as_printed, named, computed, _difference(figure, computed), figure.ref)


def _difference(figure: CampaignFigure, computed: int | None) -> str:
    if computed is None:
        return ""
    by = int(figure.quantity) - computed
    if by == 0:
        return _("The parts add up to the figure as printed.")
    return _("The parts add up to %(sum)s, which is %(by)s %(way)s than the printed %(printed)s; both are kept.") % {
        "sum": computed,
        "by": abs(by),
        "way": _("less") if by > 0 else _("more"),
        "printed": figure.as_printed,
    }
