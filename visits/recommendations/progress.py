"""How far implementation went, as figures; one query each, and the same ones on every page, file and sheet."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from iesogi.reference.figures import share
from iesogi.reference.models import Country
from visits.models import Visit
from visits.recommendations.enums import SHAPES, Status
from visits.recommendations.models import Recommendation


class Part(NamedTuple):
    status: str
    label: str
    shape: str
    count: int


class Progress(NamedTuple):
    """`percent` is of those that were assessed; None where none was (domain.md R24)."""

    parts: list[Part]
    total: int
    assessed: int
    implemented: int
    percent: int | None


def progress(recommendations: QuerySet) -> Progress:
    tally = recommendations.tally()
    parts = [Part(status.value, status.label, SHAPES[status], tally[status.value]) for status in Status]
    total = sum(tally.values())
    assessed = total - tally[Status.NOT_ASSESSED]
    return Progress(parts, total, assessed, tally[Status.IMPLEMENTED], share(tally[Status.IMPLEMENTED], assessed))


class Implementation(NamedTuple):
    total: int
    assessed: int
    implemented: int


COUNTS = {
    "total": Count("pk"),
    "assessed": Count("pk", filter=~Q(status=Status.NOT_ASSESSED)),
    "implemented": Count("pk", filter=Q(status=Status.IMPLEMENTED)),
}


def by_visit(visits: Iterable[Visit]) -> dict[int, Implementation]:
    """How far the recommendations of each visit went; visits without any are left out. One query."""
    counts = Recommendation.objects.filter(visit__in=[visit.pk for visit in visits]).order_by().values("visit")
    return {row.pop("visit"): Implementation(**row) for row in counts.annotate(**COUNTS)}


class StateRow(NamedTuple):
    country: Country
    total: int
    assessed: int
    implemented: int
    percent: int | None


def by_state() -> list[StateRow]:
    """Every State to whom something public was recommended; two queries."""
    counts = Recommendation.objects.public().exclude(country=None).order_by().values("country")
    found = {row.pop("country"): row for row in counts.annotate(**COUNTS)}
    countries = Country.objects.filter(pk__in=found).in_page_order()
    rows = ((country, found[country.pk]) for country in countries)
    return [StateRow(country, **row, percent=share(row["implemented"], row["assessed"])) for country, row in rows]
