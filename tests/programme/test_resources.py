"""Note 2: assigned against materialised; sums are computed and unknown stays unknown."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from iesogi.programme.enums import ResourceKind
from iesogi.programme.models import FundingRule, FundingShare, Resource
from iesogi.programme.resources import lines, most_months_arrived, sums
from iesogi.reference.enums import FundingSource
from iesogi.reference.models import Country
from visits.models import Visit


def arrived(programme, code):
    kinds = [ResourceKind.STAFF, ResourceKind.CONSULTANCY, ResourceKind.TRAVEL]
    return next(line for line in lines(programme, kinds, year=2020) if line.resource.code == code)


@pytest.mark.parametrize(
    ("code", "months", "in_2020"),
    [
        pytest.param("p3-full", 12, None, marks=pytest.mark.demand("N2-a1")),
        pytest.param("p3-half", 6, Decimal("1.5"), marks=pytest.mark.demand("N2-a2", "WP-fn16")),
        pytest.param("gsol", 6, None, marks=pytest.mark.demand("N2-a3")),
        pytest.param("p4-consultancy", 4, 0, marks=pytest.mark.demand("N2-a4", "WP-fn17")),
    ],
)
def test_staff_assigned_and_materialised(programme, code, months, in_2020):
    line = arrived(programme, code)
    assert (line.resource.months, line.arrived) == (months, in_2020)


@pytest.mark.parametrize(
    ("code", "trips", "days_each", "staff"),
    [
        pytest.param("annual_meeting", 1, 5, 0, marks=pytest.mark.demand("N2-b1", "WP-fn18")),
        pytest.param("hrc_report", 1, 5, 0, marks=pytest.mark.demand("N2-b2", "WP-fn19")),
        pytest.param("geneva_consultations", 1, 5, 0, marks=pytest.mark.demand("N2-b3", "WP-fn20")),
        pytest.param("ga_report", 1, 5, 0, marks=pytest.mark.demand("N2-b4", "WP-fn21")),
        pytest.param("regional_consultations", 3, 5, 0, marks=pytest.mark.demand("N2-b5", "WP-fn22")),
        pytest.param("country_visits", 2, 10, 1, marks=pytest.mark.demand("N2-b6", "WP-fn23")),
    ],
)
def test_travel_assigned_and_not_materialised(programme, code, trips, days_each, staff):
    line = arrived(programme, code)
    assert (line.resource.trips, line.resource.days_each, line.resource.accompanying_staff) == (
        trips,
        days_each,
        staff,
    )
    assert line.arrived == 0
    assert line.note


@pytest.mark.demand("N2-a", "N2-b")
def test_sums_of_a_year_are_computed(programme):
    assert sums(programme) == (28, 9, 55, 20)


@pytest.mark.demand("RAT-17")
def test_at_most_nineteen_and_a_half_months_arrived_in_2020(programme):
    assert most_months_arrived(programme, year=2020) == Decimal("19.5")


@pytest.mark.demand("RAT-18")
def test_no_trip_took_place_in_2020(programme):
    travel = lines(programme, [ResourceKind.TRAVEL], year=2020)
    assert sum(line.arrived for line in travel) == 0


@pytest.mark.demand("N2-c")
def test_junior_officer_is_a_contribution_without_amount(programme):
    officer = Resource.objects.get(programme=programme, code="jpo-japan")
    assert (officer.donor.iso3, officer.contribution_years, officer.amount) == ("JPN", [2021], None)


@pytest.mark.demand("N2-d")
@pytest.mark.parametrize(("code", "iso3"), [("france", "FRA"), ("finland", "FIN")])
def test_contribution_keeps_its_unclear_basis(programme, code, iso3):
    row = Resource.objects.get(programme=programme, code=code)
    assert (row.donor.iso3, row.amount, row.currency, row.basis) == (iso3, 30000, "EUR", "unclear")
    assert row.contribution_years == [2019, 2020]


@pytest.mark.demand("WP-23-1")
def test_country_visits_are_paid_from_the_regular_budget_only(programme):
    rule = FundingRule.objects.get(programme=programme, activity="country_visit")
    assert (rule.allowed, rule.cap_per_year) == (["un_regular_budget"], 2)


@pytest.mark.parametrize("source", FundingSource)
def test_funding_rule_and_database_constraint_agree(programme, source):
    allowed = FundingRule.objects.get(programme=programme, activity="country_visit").allowed
    visit = Visit(kind="country", country=Country.objects.get(iso3="POL"), funding=source)
    if source in allowed:
        visit.validate_constraints()
    else:
        with pytest.raises(ValidationError, match="regular budget"):
            visit.validate_constraints()


@pytest.mark.demand("WP-26-2", "RAT-11")
def test_promotional_visits_split_six_six_six(programme):
    shares = {share.source: share.quantity for share in FundingShare.objects.filter(programme=programme)}
    assert shares == {"global_north_entity": 6, "un_regular_budget": 6, "rpp_21_23": 6}


@pytest.mark.demand("WP-26-3")
def test_programme_money_goes_to_the_global_south(programme):
    share = FundingShare.objects.select_related("region_tag").get(source="rpp_21_23")
    assert share.region_tag.code == "GLOBAL_SOUTH"
