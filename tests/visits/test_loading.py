"""Visits of the work programme and of other public pages, as loaded."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from iesogi.reference.enums import Evidence, FundingSource
from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import loading
from iesogi.reference.sources import Row
from visits import loading as files
from visits.balance import by_group, progress, promotional_variance
from visits.enums import FollowUp, VisitKind, VisitState
from visits.models import Candidate, Visit, VisitFigure
from visits.services import warnings_for, warnings_of_plan

pytestmark = pytest.mark.usefixtures("programme")

PERIOD = date(2021, 1, 1), date(2023, 12, 31)
CANDIDATES = ["ARM", "BFA", "COL", "GHA", "IND", "JPN", "KEN", "KHM", "LKA", "MLT", "NPL", "POL", "THA", "TUN"]
PIPELINE = ["Australia", "the Caribbean", "Germany", "Honduras", "Lebanon", "Mexico", "South Africa", "Switzerland"]


def country_visits():
    return Visit.objects.country_visits().order_by("starts_on")


@pytest.mark.demand("WP-23-3", "trap-2")
def test_four_visits_are_printed_and_carry_their_own_dates():
    printed = country_visits().filter(printed_period="2018-2020", state=VisitState.DONE, ref="WP-23-3")
    assert list(printed.values_list("country__iso3", flat=True)) == ["ARG", "GEO", "MOZ", "UKR"]
    argentina = printed.get(country__iso3="ARG")
    assert (argentina.starts_on.year, argentina.dates_evidence) == (2017, Evidence.UNCONFIRMED)


@pytest.mark.demand("WP-23-3")
def test_each_of_the_four_has_its_public_page(client):
    for visit in country_visits().filter(ref="WP-23-3"):
        assert visit.country.name_en in client.get(visit.get_absolute_url()).content.decode()


@pytest.mark.demand("WP-fn4")
def test_report_on_ukraine_is_the_printed_one():
    ukraine = Visit.objects.get(code="ukr-2019")
    assert (ukraine.report_symbol, ukraine.report_evidence, ukraine.report_issued_on) == (
        "A/HRC/44/53/Add.1",
        Evidence.PRINTED,
        date(2020, 4, 27),
    )


@pytest.mark.demand("WP-24-2")
def test_follow_up_is_under_way_for_two_and_expected_for_the_others():
    printed = country_visits().filter(ref="WP-23-3").order_by("country__iso3")
    assert list(printed.values_list("follow_up", flat=True)) == [
        FollowUp.UNDER_WAY,
        FollowUp.EXPECTED,
        FollowUp.EXPECTED,
        FollowUp.UNDER_WAY,
    ]


@pytest.mark.demand("WP-fn6", "trap-18")
def test_tunisia_is_one_visit_with_the_history_of_its_plans():
    visit = Visit.objects.get(country__iso3="TUN")
    assert list(visit.plans.values_list("planned_for", "ref")) == [
        ("2020", "WP-35-2"),
        ("late November 2020", "WP-fn6"),
        ("2021", "WP-fn9"),
        ("2021-2023", "WP-23-4"),
    ]
    assert (visit.state, visit.starts_on, visit.ends_on) == (VisitState.DONE, date(2021, 6, 8), date(2021, 6, 18))
    assert visit.candidacies.get().period_start == date(2021, 1, 1)


@pytest.mark.demand("WP-23-4")
def test_six_of_fourteen_candidates():
    candidates = Candidate.objects.of_period(PERIOD[0])
    assert sorted(candidates.values_list("country__iso3", flat=True)) == CANDIDATES
    target = VisitFigure.objects.get(code="country_visit_target")
    assert (target.quantity, target.qualifier, target.out_of, target.period) == (6, "exact", 14, "2021-2023")


@pytest.mark.parametrize(
    ("iso3", "ref"),
    [
        pytest.param("KHM", "WP-fn7", marks=pytest.mark.demand("WP-fn7")),
        pytest.param("LKA", "WP-fn8", marks=pytest.mark.demand("WP-fn8")),
        pytest.param("TUN", "WP-fn9", marks=pytest.mark.demand("WP-fn9")),
    ],
)
def test_three_candidates_are_identified_for_2021(iso3, ref):
    candidate = Candidate.objects.get(country__iso3=iso3)
    assert (candidate.identified_for, candidate.ref) == (2021, ref)
    assert Candidate.objects.identified(2021).count() == 3


@pytest.mark.demand("trap-5", "WP-23-2")
def test_three_for_2021_against_two_a_year_warns():
    assert warnings_of_plan() == ["3 States are identified for 2021; the regular budget caters for 2 visits a year."]


def test_no_year_of_the_past_held_more_than_two_country_visits():
    assert [warning for visit in country_visits() for warning in warnings_for(visit)] == []


@pytest.mark.demand("WP-23-1")
def test_every_country_visit_is_paid_from_the_regular_budget():
    assert set(country_visits().values_list("funding", flat=True)) == {FundingSource.UN_REGULAR_BUDGET}


@pytest.mark.demand("WP-23-5")
def test_plan_and_outcome_differ_as_they_did():
    stands = progress(*PERIOD)
    assert (stands.aimed_at, stands.candidates, stands.visited) == (6, 14, 4)
    assert (stands.visited_candidates, stands.visited_others) == (2, 2)


def test_visit_after_the_period_is_no_success_of_the_plan():
    poland = Candidate.objects.get(country__iso3="POL")
    assert poland.visit_in_words == "Visited after the period: 18 November 2024 to 29 November 2024."


def test_candidates_and_visits_by_regional_group():
    assert [(each.group, each.candidates, each.visited) for each in by_group(*PERIOD)] == [
        ("AFRICA", 4, 1),
        ("ASIA_PACIFIC", 6, 1),
        ("EASTERN_EUROPE", 2, 0),
        ("GRULAC", 1, 0),
        ("WEOG", 1, 1),
        ("WEOG_OBSERVER", 0, 1),
    ]


def test_successor_presented_what_his_predecessor_visited():
    united_states = Visit.objects.get(country__iso3="USA")
    assert (united_states.holder.code, united_states.presented_by.code) == ("madrigal-borloz", "reid")
    assert str(united_states.presented_at) == "HRC 56 (2024)"


@pytest.mark.demand("WP-25-1", "trap-3")
def test_seventeen_visits_were_carried_out():
    done = VisitFigure.objects.get(code="promotional_visits_done")
    assert (done.quantity, done.qualifier, done.period, done.ref) == (17, "exact", "2018-2020", "WP-25-1")


@pytest.mark.demand("WP-fn10")
def test_variance_to_twenty_one_is_computed_with_its_reason():
    variance = promotional_variance()
    assert (variance.foreseen.quantity, variance.difference, variance.percent) == (21, -4, Decimal("81.0"))
    assert variance.reason == "COVID-19"


@pytest.mark.demand("WP-26-1", "trap-21")
def test_eighteen_promotional_visits_are_aimed_at():
    target = VisitFigure.objects.get(code="promotional_visits_target")
    assert (target.quantity, target.period, target.label) == (18, "2021-2023", "Promotional visits aimed at")


@pytest.mark.demand("WP-26-4", "trap-13")
def test_pipeline_holds_eight_places_one_of_them_a_region():
    pipeline = Visit.objects.pipeline().order_by("pk")
    places = [str(visit.country or f"the {visit.region_tag}") for visit in pipeline]
    assert places == PIPELINE
    assert {visit.certainty for visit in pipeline} == {"in the pipeline"}
    assert pipeline.get(country=None).region_tag.code == "CARIBBEAN"
    assert set(pipeline.values_list("kind", flat=True)) == {VisitKind.PROMOTIONAL}


def test_only_printed_visits_carry_a_reference():
    """What the PDF lists as printed must not grow with what happened later."""
    printed = country_visits().exclude(ref="").order_by("country__iso3")
    assert list(printed.values_list("country__iso3", flat=True)) == ["ARG", "GEO", "MOZ", "TUN", "UKR"]


def test_second_load_changes_nothing_and_keeps_edits(capsys):
    Visit.objects.filter(code="khm-2023").update(place="What staff wrote")
    before = Visit.objects.count(), Candidate.objects.count()
    call_command("load_work_programme")
    said = capsys.readouterr().out
    assert "Edited, kept: visit “Country visit: Cambodia, 2023” (place)." in said
    assert (Visit.objects.get(code="khm-2023").place, before) == (
        "What staff wrote",
        (Visit.objects.count(), Candidate.objects.count()),
    )


def test_link_that_staff_made_is_no_edit(capsys):
    from visits.services import make_visit

    make_visit(Candidate.objects.get(country__iso3="ARM"), by=None)
    call_command("load_work_programme")
    assert "Edited" not in capsys.readouterr().out


def printed(**countries):
    part = Row(done=[], pending=[])
    part["done"] = [Row(country=code, period="2018-2020", ref="WP-23-3") for code in countries.get("done", [])]
    return Row(country_visits=part)


def test_printed_visit_that_no_file_knows_is_named():
    with pytest.raises(LoadError, match="visit to FRA is not in"), loading("x") as loader:
        files.load_country_visits(loader, printed(done=["ARG", "FRA"]))


def test_candidates_without_a_target_are_refused():
    data = Row(country_visits=Row(candidates=[Row(country="ARM")]))
    with pytest.raises(LoadError, match="“target” is missing"), loading("x") as loader:
        files.load_candidates(loader, data)


def test_unknown_iso_code_is_named():
    from iesogi.reference.exceptions import UnknownCountryError

    pipeline = [Row(country="XXX", certainty="?", ref="WP-26-4")]
    number = Row(quantity=1, qualifier="exact", period="2020", ref="")
    data = Row(promotional_visits=Row(done=number, foreseen=number, target=number, pipeline=pipeline))
    with pytest.raises(UnknownCountryError, match="XXX"), loading("x") as loader:
        files.load_pipeline(loader, data)
