"""Figures that nobody printed: counted from the rows, so that they move when the rows move."""

from decimal import Decimal

import pytest

from iesogi.programme.computed import RULES, computed_figures
from iesogi.programme.models import PrintedFigure, ProductTarget
from visits.models import Candidate

EXPECTED = {
    "themes_done": 8,
    "themes_planned": 7,
    "report_slots": 6,
    "expert_meetings_with_addition": 6,
    "country_visits_listed": 4,
    "country_visit_candidates": 14,
    "country_visits_identified_2021": 3,
    "promotional_visits_variance": -4,
    "promotional_visits_carried_out_percent": Decimal("81.0"),
    "promotional_visits_note_1": 18,
    "promotional_pipeline_places": 8,
    "egy_4_2019_days_to_letter": 14,
    "egy_4_2019_days_to_release": 118,
    "products_per_year": 304,
    "products_whole_period": 912,
    "activity_lines": 26,
    "keynotes_and_presentations": 52,
    "renewal_by_level_sum": 1312,
    "renewal_by_region_sum": 941,
    "renewal_national_difference": 1,
    "inputs_conversion_total": 127,
    "engagements_by_kind_sum": 58,
    "staff_months_assigned": 28,
    "staff_months_2020_at_most": Decimal("19.5"),
    "travel_trips": 9,
    "travel_days": 55,
    "travel_staff_days": 20,
    "travel_trips_2020": 0,
    "travel_days_2020": 0,
}
DEMANDS = {
    "themes_planned": ["RAT-9"],
    "promotional_visits_variance": ["WP-fn10"],
    "promotional_visits_carried_out_percent": ["RAT-6"],
    "egy_4_2019_days_to_letter": ["WP-47-4", "RAT-19"],
    "renewal_by_level_sum": ["WP-33-3"],
    "renewal_by_region_sum": ["WP-33-4"],
    "inputs_conversion_total": ["WP-39-1"],
}


@pytest.mark.parametrize(
    ("code", "quantity"),
    [
        pytest.param(*each, marks=[pytest.mark.demand(*DEMANDS[each[0]])] if each[0] in DEMANDS else [])
        for each in EXPECTED.items()
    ],
)
def test_figure_is_computed_from_the_rows(programme, code, quantity):
    figures = {figure.code: figure.quantity for figure in computed_figures(programme)}
    assert figures[code] == quantity


def test_every_rule_has_an_expectation():
    assert {rule.code for rule in RULES} == set(EXPECTED)


def test_no_computed_figure_is_stored(programme):
    assert not PrintedFigure.objects.filter(programme=programme, evidence="computed").exists()
    assert not PrintedFigure.objects.filter(programme=programme, code__in=EXPECTED).exists()


def test_computed_figure_moves_with_its_rows(programme):
    Candidate.objects.filter(country__iso3="JPN").delete()
    ProductTarget.objects.filter(code="interview").update(quantity=4)
    figures = {figure.code: figure.quantity for figure in computed_figures(programme)}
    assert figures["country_visit_candidates"] == 13
    assert (figures["products_per_year"], figures["products_whole_period"]) == (316, 948)


def test_figure_that_lacks_a_part_is_not_stated(programme):
    PrintedFigure.objects.filter(code="renewal_africa").delete()
    figures = {figure.code: figure.quantity for figure in computed_figures(programme)}
    assert figures["renewal_by_region_sum"] is None
