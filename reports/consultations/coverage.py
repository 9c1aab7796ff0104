"""Which regions were heard, in expert meetings and consultations, as map and table (WP 2021-2023 footnote 3)."""

from collections import Counter
from typing import Any, NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from iesogi.documents import maps
from iesogi.reference.models import Country
from reports.consultations.enums import MEETINGS_IN, TO_COME, TOOK_PLACE, Kind, Region
from reports.consultations.models import Consultation

# The target as printed: “five” meetings, though the footnote names four regions and one more (acceptance.md, trap 19).
TARGET = 5


class Heard(NamedTuple):
    """One region: how many meetings of experts and how many other consultations were held, and are to come."""

    region: Region
    meetings: int
    meetings_to_come: int
    others: int
    others_to_come: int

    @property
    def is_asked_for(self) -> bool:
        return self.region in MEETINGS_IN

    @property
    def mark(self) -> str:
        if self.meetings:
            return "done"
        return "announced" if self.meetings_to_come else "candidate"

    @property
    def in_words(self) -> str:
        if not self.is_asked_for and not (self.meetings or self.meetings_to_come):
            return _("not asked for")
        return words()[self.mark]


class Coverage(NamedTuple):
    regions: list[Heard]
    target: int

    @property
    def missing(self) -> list[Heard]:
        return [each for each in self.regions if each.is_asked_for and not each.meetings]

    @property
    def meetings(self) -> int:
        """Held in the regions that the programme asks for."""
        return sum(each.meetings for each in self.regions if each.is_asked_for)


def words() -> dict[str, str]:
    return {"done": _("Meeting held"), "announced": _("Meeting planned"), "candidate": _("No meeting yet")}


def coverage() -> Coverage:
    """Every region, heard or not; one query."""
    counted: Counter[tuple[Any, ...]] = Counter()
    rows = Consultation.objects.exclude(region="").values_list("region", "kind", "state").annotate(Count("pk"))
    for region, kind, state, number in rows.order_by():
        if state in TOOK_PLACE or state in TO_COME:
            counted[region, kind == Kind.EXPERT, state in TOOK_PLACE] += number
    return Coverage([_heard(region, counted) for region in Region], TARGET)


def _heard(region: Region, counted: Counter) -> Heard:
    return Heard(region, *(counted[region, expert, held] for expert in (True, False) for held in (True, False)))


def world(found: Coverage) -> str:
    """The States of each region that is asked for, by what was held there. Two queries."""
    marks = {each.region: each.mark for each in found.regions if each.is_asked_for or each.meetings}
    order = ["done", "announced", "candidate"]
    places = []
    for country in Country.objects.prefetch_related("region_tags"):
        regions = {country.regional_group, *(tag.code for tag in country.region_tags.all())}
        known = [marks[region] for region in regions if region in marks]
        places += [maps.Place(country.iso3, min(known, key=order.index))] if known else []
    return maps.world_map(
        places,
        title=_("Expert meetings by region"),
        desc=_("Filled: a meeting was held. Lined: one is planned. Dotted: none yet. The table says the same."),
        words=words(),
    )
