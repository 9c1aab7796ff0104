"""What the public may know of the programme of a visit: after it is over, and nothing that could endanger anybody."""

from typing import NamedTuple

from django.conf import settings

from visits.enums import MeetingCategory, VisitState
from visits.models import Visit


class Met(NamedTuple):
    """A category of people met; `persons` stays empty below the smallest cell that is shown (domain.md R28)."""

    label: str
    persons: int | None


class Programme(NamedTuple):
    places: list[str]
    met: list[Met]


def programme_of(visit: Visit) -> Programme | None:
    """None before the visit is over: where it will be is nobody's business until then. Two queries."""
    if visit.state != VisitState.DONE:
        return None
    places = list(dict.fromkeys(visit.programme_days.order_by("on").values_list("place", flat=True)))
    counts: dict[str, int] = {}
    for category, persons in visit.meetings.to_be_told().values_list("category", "persons"):
        counts[category] = counts.get(category, 0) + (persons or 0)
    met = [Met(category.label, _shown(counts[category])) for category in MeetingCategory if category in counts]
    return Programme(places, met) if places or met else None


def _shown(persons: int) -> int | None:
    return persons if persons >= settings.SMALL_CELL else None
