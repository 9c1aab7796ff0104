"""Sums of Note 2: assigned a year against materialised. What is not stated stays not stated."""

from decimal import Decimal
from typing import NamedTuple

from iesogi.programme.enums import ResourceKind
from iesogi.programme.models import Resource, WorkProgramme

# The one year for which the programme says what materialised (Note 2, footnotes 16 to 23).
YEAR_STATED = 2020


class ResourceSums(NamedTuple):
    """Person-months a year, and trips, days and staff days of travel a year (computed, nowhere printed)."""

    months: Decimal
    trips: int
    days: int
    staff_days: int


class ResourceLine(NamedTuple):
    """A resource with what arrived of it in one year: a number, or None where nothing is stated."""

    resource: Resource
    arrived: Decimal | None
    note: str


def lines(programme: WorkProgramme, kinds: list[str], *, year: int) -> list[ResourceLine]:
    """The programme's resources of these kinds with what materialised in the year; two queries."""
    return [
        _line(resource, year)
        for resource in programme.resources.filter(kind__in=kinds)
        .select_related("donor")
        .prefetch_related("materialised")
    ]


def _line(resource: Resource, year: int) -> ResourceLine:
    row = next((each for each in resource.materialised.all() if each.year == year), None)
    return ResourceLine(resource, row.quantity if row else None, row.note if row else "")


def sums(programme: WorkProgramme) -> ResourceSums:
    resources = list(programme.resources.all())
    travel = [each for each in resources if each.kind == ResourceKind.TRAVEL]
    return ResourceSums(
        months=sum((each.months for each in resources if each.months), Decimal(0)),
        trips=sum(each.trips for each in travel),
        days=sum(each.days for each in travel),
        staff_days=sum(each.staff_days for each in travel),
    )


def most_months_arrived(programme: WorkProgramme, *, year: int) -> Decimal:
    """Person-months if everything not stated had come in full: an upper bound, to be printed as one (RAT-17)."""
    staff = lines(programme, [ResourceKind.STAFF, ResourceKind.CONSULTANCY], year=year)
    return sum((line.resource.months if line.arrived is None else line.arrived for line in staff), Decimal(0))
