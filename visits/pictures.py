"""What the pictures of visits show, the same in page, admin and PDF: map, timeline, balance of the regional groups.

Only what is public: requests that no State has answered are in no picture.
"""

from collections import Counter
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from iesogi.deadlines.days import today
from iesogi.documents import charts, maps
from iesogi.reference.enums import RegionalGroup
from visits.enums import VisitState
from visits.models import Candidate, Visit

Cells = list[list[str]]


class Picture(NamedTuple):
    """An SVG with the table behind it."""

    chart: str
    caption: str
    headings: list[str]
    rows: Cells
    note: str = ""


def country_visits(*, on: date | None = None) -> list[Visit]:
    """Carried out and announced country visits in the order of their days; one query. `on`: as known by that day."""
    visits = Visit.objects.public().country_visits().select_related("country").order_by("starts_on", "pk")
    if on is None:
        return list(visits)
    return [visit for visit in visits if visit.starts_on is None or visit.starts_on <= on]


def world(visits: list[Visit], candidates: list[Candidate]) -> Picture:
    """The States visited, announced and hoped for. Each is named in the table, also where it is too small to see."""
    done = [visit for visit in visits if visit.state in {VisitState.DONE, VisitState.UNDER_WAY}]
    announced = [visit for visit in visits if visit.state in {VisitState.PENDING, VisitState.POSTPONED}]
    named = {
        "done": {visit.country.iso3: visit.country.name for visit in done},
        "announced": {visit.country.iso3: visit.country.name for visit in announced},
        "candidate": {each.country.iso3: each.country.name for each in candidates},
    }
    places = [maps.Place(iso3, mark) for mark, states in named.items() for iso3 in states]
    seen: set[str] = set()
    rows = []
    for mark, states in named.items():
        fresh = sorted(name for iso3, name in states.items() if iso3 not in seen)
        seen |= states.keys()
        if fresh:
            rows.append([maps.label(mark), str(len(fresh)), ", ".join(fresh)])
    return Picture(
        chart=maps.world_map(
            places,
            title=_("World map of country visits"),
            desc=_("Filled: visited. Lined: announced or put off. Dotted: candidates. The table names the States."),
        ),
        caption=_("Country visits on the map"),
        headings=[_("Mark"), _("States"), _("Names")],
        rows=rows,
        note=maps.disclaimer(),
    )


def timeline(visits: list[Visit]) -> Picture | None:
    """One line a visit: a disc where it was carried out, a ring where it is announced, a diamond without days."""
    if not visits:
        return None
    moments = [charts.Moment(str(visit.country), _at(visit.starts_on), _state(visit)) for visit in visits]
    years = [visit.starts_on.year for visit in visits if visit.starts_on] or [today().year]
    return Picture(
        chart=charts.timeline(
            moments,
            first=min(years),
            last=max(years),
            title=_("Timeline of country visits"),
            desc=_("One line a visit: a disc where carried out, a ring where announced, a diamond without days."),
            floating=_("open"),
        ),
        caption=_("Country visits year by year. Disc: carried out. Ring: announced. Diamond: days open."),
        headings=[_("State"), _("When"), _("Status")],
        rows=[
            [str(visit.country), visit.dates_in_words or _("days open"), str(visit.public_state)] for visit in visits
        ],
    )


def _at(day: date | None) -> float | None:
    return day.year + (day.timetuple().tm_yday - 1) / 366 if day else None


def _state(visit: Visit) -> str:
    if visit.starts_on is None:
        return "floating"
    return "done" if visit.state == VisitState.DONE else "planned"


def balance(visits: list[Visit], candidates: list[Candidate]) -> Picture:
    """Every regional group, also the empty ones: an empty line is the finding."""
    done = Counter(visit.country.regional_group for visit in visits if visit.state == VisitState.DONE)
    hoped = Counter(each.country.regional_group for each in candidates)
    groups = [group for group in RegionalGroup if group != RegionalGroup.WEOG_OBSERVER or done[group]]
    return Picture(
        chart=charts.bars(
            [charts.Bar(str(group.label), done[group]) for group in groups],
            title=_("Country visits by UN regional group"),
            desc=_("One bar for each regional group with the number of country visits carried out."),
        ),
        caption=_("Country visits carried out, by UN regional group"),
        headings=[_("UN regional group"), _("Visits carried out"), _("Candidates of the period")],
        rows=[[str(group.label), str(done[group]), str(hoped[group])] for group in groups],
    )
