"""Figures that no source prints: each is counted or added up from the rows it speaks of, every time it is asked for.

They stand beside the printed figures and never replace them (domain.md R21).
"""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from communications.models import Letter
from dissemination.enums import EngagementKind
from dissemination.models import EngagementCount
from iesogi.programme.enums import ResourceKind
from iesogi.programme.models import WorkProgramme
from iesogi.programme.resources import YEAR_STATED, ResourceLine, lines, most_months_arrived, sums
from iesogi.reference.enums import Evidence, Qualifier
from iesogi.reference.models import Figure
from reports.models import Theme
from visits.models import Candidate, Visit, VisitFigure

RENEWAL_LEVELS = ["renewal_international", "renewal_regional", "renewal_national"]
RENEWAL_REGIONS = [
    "renewal_africa",
    "renewal_asia_pacific",
    "renewal_eastern_europe",
    "renewal_latin_america_caribbean",
    "renewal_western_europe_others",
]


class Known(NamedTuple):
    """What several rules look at, asked for once: printed figures and counted activities by code."""

    programme: WorkProgramme
    printed: dict[str, Decimal]
    counted: dict[str, Decimal]


class ComputedFigure(NamedTuple):
    """Reads like a printed figure, but is never stored."""

    code: str
    label: str
    quantity: Decimal | int | None
    unit: str
    basis: str
    ref: str
    qualifier: str = Qualifier.EXACT
    evidence: str = Evidence.COMPUTED


class Rule(NamedTuple):
    code: str
    label: str
    unit: str
    basis: str
    ref: str
    compute: Callable[[Known], Decimal | int | None]


def printed_figures(programme: WorkProgramme) -> list[Figure]:
    """Every figure as printed, those on visits included, which their own app keeps; two queries."""
    return [*programme.figures.all(), *VisitFigure.objects.all()]


def computed_figures(programme: WorkProgramme) -> list[ComputedFigure]:
    """Every computed figure in the order of the document; a fixed number of queries."""
    known = Known(
        programme,
        printed={figure.code: figure.quantity for figure in printed_figures(programme)},
        counted=dict(programme.activity_counts.values_list("code", "quantity")),
    )
    return [
        ComputedFigure(rule.code, rule.label, _value(rule, known), rule.unit, rule.basis, rule.ref) for rule in RULES
    ]


def _value(rule: Rule, known: Known) -> Decimal | int | None:
    """None where a figure the rule needs is not stated."""
    try:
        return rule.compute(known)
    except (KeyError, TypeError, ZeroDivisionError):
        return None


def _total(codes: list[str]) -> Callable[[Known], Decimal]:
    return lambda known: sum(known.printed[code] for code in codes)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    """Rounded to one decimal."""
    return round(part / whole * 100, 1)


def _candidates(known: Known):
    return Candidate.objects.of_period(known.programme.period_start)


def _planned(known: Known) -> int:
    years = known.programme.years
    return Theme.objects.planned().between(years[0], years[-1]).exclude(letter="").count()


def _days(attribute: str) -> Callable[[Known], int | None]:
    def compute(known: Known) -> int | None:
        letter = Letter.objects.published().filter(reference_code="EGY", number=4, year=2019).first()
        return getattr(letter, attribute) if letter else None

    return compute


def _travelled(known: Known) -> list[ResourceLine]:
    return lines(known.programme, [ResourceKind.TRAVEL], year=YEAR_STATED)


RULES = [
    Rule(
        "themes_done",
        _("Themes reported by the end of 2020"),
        _("themes"),
        _("Counted from the list of themes"),
        "WP-16-1",
        lambda known: Theme.objects.done().exclude(letter="").count(),
    ),
    Rule(
        "themes_planned",
        _("Themes planned"),
        _("themes"),
        _("Counted from the list of themes, floating ones included"),
        "WP-17-2",
        _planned,
    ),
    Rule(
        "report_slots",
        _("Report slots, by forum and year"),
        _("slots"),
        _("One report a year to each of two forums"),
        "WP-17-2",
        lambda known: 2 * len(known.programme.years),
    ),
    Rule(
        "expert_meetings_with_addition",
        _("Expert meetings, if the added region is a sixth"),
        _("meetings"),
        _("The printed number and one in addition"),
        "WP-fn3",
        lambda known: known.printed["expert_meetings_target"] + 1,
    ),
    Rule(
        "country_visits_listed",
        _("Country visits listed as carried out"),
        _("visits"),
        _("Counted from the States named for 2018-2020"),
        "WP-23-3",
        lambda known: Visit.objects.country_visits().done().exclude(printed_period="").count(),
    ),
    Rule(
        "country_visit_candidates",
        _("States named as candidates for a country visit"),
        _("States"),
        _("Counted from the list of candidates"),
        "WP-23-4",
        lambda known: _candidates(known).count(),
    ),
    Rule(
        "country_visits_identified_2021",
        _("Candidates identified for 2021"),
        _("States"),
        _("Counted from the marks in the list of candidates"),
        "WP-fn7",
        lambda known: _candidates(known).identified(2021).count(),
    ),
    Rule(
        "promotional_visits_variance",
        _("Advisory and promotional visits against plan"),
        _("visits"),
        _("Carried out less foreseen"),
        "WP-fn10",
        lambda known: known.printed["promotional_visits_done"] - known.printed["promotional_visits_foreseen"],
    ),
    Rule(
        "promotional_visits_carried_out_percent",
        _("Advisory and promotional visits carried out, of those foreseen"),
        _("per cent"),
        _("Carried out by foreseen, rounded to one decimal"),
        "WP-fn10",
        lambda known: _percent(known.printed["promotional_visits_done"], known.printed["promotional_visits_foreseen"]),
    ),
    Rule(
        "promotional_visits_note_1",
        _("Promotional and advisory visits of Note 1 together"),
        _("visits"),
        _("Sum of lines t and u"),
        "N1-t",
        lambda known: known.counted["promotional_visits"] + known.counted["advisory_visits"],
    ),
    Rule(
        "promotional_pipeline_places",
        _("Places in the pipeline of promotional visits"),
        _("places"),
        _("Counted from the list; a place may be a region"),
        "WP-26-4",
        lambda known: Visit.objects.promotional_and_advisory().pipeline().count(),
    ),
    Rule(
        "egy_4_2019_days_to_letter",
        _("Days from the detention to the urgent appeal EGY 4/2019"),
        _("days"),
        _("From date to date"),
        "WP-47-4",
        _days("days_from_event"),
    ),
    Rule(
        "egy_4_2019_days_to_release",
        _("Days from the urgent appeal EGY 4/2019 to the release"),
        _("days"),
        _("From date to date; no claim that one caused the other"),
        "WP-47-4",
        _days("days_to_outcome"),
    ),
    Rule(
        "products_per_year",
        _("Products promised a year, all lines"),
        _("products"),
        _("Sum of unlike products"),
        "WP-30-1",
        lambda known: known.programme.targets.all().totals()[0],
    ),
    Rule(
        "products_whole_period",
        _("Products promised over the whole period, all lines"),
        _("products"),
        _("Sum of unlike products"),
        "WP-30-1",
        lambda known: known.programme.targets.all().totals()[1],
    ),
    Rule(
        "activity_lines",
        _("Lines of Note 1"),
        _("lines"),
        _("Counted"),
        "N1-1",
        lambda known: len(known.counted),
    ),
    Rule(
        "keynotes_and_presentations",
        _("Keynote speeches and presentations of Note 1"),
        _("speeches"),
        _("Sum of lines w and x; another definition than that of paragraph 41"),
        "N1-w",
        lambda known: known.counted["keynotes"] + known.counted["presentations"],
    ),
    Rule(
        "renewal_by_level_sum",
        _("Organizations behind the renewal, sum of the levels"),
        _("organizations"),
        _("International, regional and national ones"),
        "WP-33-3",
        _total(RENEWAL_LEVELS),
    ),
    Rule(
        "renewal_by_region_sum",
        _("National organizations, sum of the regions"),
        _("organizations"),
        _("Stands beside the printed number of national organizations"),
        "WP-33-4",
        _total(RENEWAL_REGIONS),
    ),
    Rule(
        "renewal_national_difference",
        _("National organizations, printed number less the sum of the regions"),
        _("organizations"),
        _("Printed number less computed sum"),
        "WP-33-4",
        lambda known: known.printed["renewal_national"] - _total(RENEWAL_REGIONS)(known),
    ),
    Rule(
        "inputs_conversion_total",
        _("Contributions to the call on conversion therapy"),
        _("contributions"),
        _("States with national institutions, and all others"),
        "WP-39-1",
        _total(["inputs_conversion_states", "inputs_conversion_others"]),
    ),
    Rule(
        "engagements_by_kind_sum",
        _("Speaking engagements, sum of the four kinds"),
        _("engagements"),
        _("Stands beside the printed total"),
        "WP-41-1",
        lambda known: sum(
            EngagementCount.objects.filter(kind__in=EngagementKind.values).values_list("quantity", flat=True)
        ),
    ),
    Rule(
        "staff_months_assigned",
        _("Person-months assigned"),
        _("person-months"),
        _("A year, which is inferred"),
        "N2-a",
        lambda known: sums(known.programme).months,
    ),
    Rule(
        "staff_months_2020_at_most",
        _("Person-months received in 2020 at most"),
        _("person-months"),
        _("If the lines with nothing printed came in full"),
        "RAT-17",
        lambda known: most_months_arrived(known.programme, year=YEAR_STATED),
    ),
    Rule(
        "travel_trips",
        _("Trips assigned"),
        _("trips"),
        _("A year"),
        "N2-b",
        lambda known: sums(known.programme).trips,
    ),
    Rule(
        "travel_days",
        _("Days of travel assigned"),
        _("days"),
        _("A year"),
        "N2-b",
        lambda known: sums(known.programme).days,
    ),
    Rule(
        "travel_staff_days",
        _("Days of travel of accompanying staff"),
        _("days"),
        _("A year"),
        "N2-b",
        lambda known: sums(known.programme).staff_days,
    ),
    Rule(
        "travel_trips_2020",
        _("Trips made in 2020"),
        _("trips"),
        _("Sum of the lines"),
        "N2-b",
        lambda known: sum(line.arrived for line in _travelled(known)),
    ),
    Rule(
        "travel_days_2020",
        _("Days of travel made in 2020"),
        _("days"),
        _("Trips made by their days"),
        "RAT-18",
        lambda known: sum(line.arrived * line.resource.days_each for line in _travelled(known)),
    ),
]
