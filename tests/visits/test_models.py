"""What the database itself refuses, past every form; each refusal has its sentence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from iesogi.reference.models import RegionTag
from visits.enums import VisitKind, VisitState
from visits.models import Candidate, Visit, VisitPlan

pytestmark = pytest.mark.django_db

PROMOTIONAL = {"kind": VisitKind.PROMOTIONAL}
BROKEN = {
    "visit_code_once": {"code": "taken"},
    "visit_done_has_its_time": {"state": VisitState.DONE},
    "visit_put_off_has_a_reason": {"state": VisitState.POSTPONED},
    "visit_has_a_place": {**PROMOTIONAL, "country": None},
    "visit_country_kind_has_a_state": {"country": None, "region_tag": "CARIBBEAN"},
    "visit_country_paid_by_regular_budget": {"funding": "global_north_entity"},
    "visit_promotional_funding_is_allowed": {**PROMOTIONAL, "funding": "institutional"},
    "visit_only_country_visits_have_a_report": {**PROMOTIONAL, "report_symbol": "A/HRC/44/53/Add.1"},
    "visit_only_country_visits_report_in_stages": {**PROMOTIONAL, "report_issued_on": date(2021, 6, 1)},
    "visit_reports_once_it_happened": {"report_stage": "statement"},
    "visit_confirmed_has_its_days": {**PROMOTIONAL, "state": VisitState.PENDING},
    "visit_confirmed_has_invitation_and_terms": {"state": VisitState.PENDING, "starts_on": date(2021, 6, 18)},
    "visit_ends_after_it_starts": {"starts_on": date(2021, 6, 18), "ends_on": date(2021, 6, 8)},
}
DEMANDS = {
    "visit_country_paid_by_regular_budget": "WP-23-1",
    "visit_only_country_visits_have_a_report": "WP-25-2",
    "visit_only_country_visits_report_in_stages": "WP-25-2",
    "visit_promotional_funding_is_allowed": "WP-26-2",
}
CASES = [
    pytest.param(name, wrong, marks=[pytest.mark.demand(DEMANDS[name])] if name in DEMANDS else [])
    for name, wrong in BROKEN.items()
]


def filled(wrong):
    tag = wrong.get("region_tag")
    return {**wrong, "region_tag": RegionTag.objects.get(code=tag)} if tag else wrong


def test_every_constraint_of_a_visit_is_tried():
    assert {constraint.name for constraint in Visit._meta.constraints} == set(BROKEN)


@pytest.mark.parametrize(("name", "wrong"), CASES)
def test_database_refuses_a_broken_visit(new_visit, name, wrong):
    new_visit("GHA", code="taken")
    visit = new_visit()
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**filled(wrong))


@pytest.mark.parametrize(("name", "wrong"), BROKEN.items())
def test_validation_says_the_same_in_a_sentence(new_visit, name, wrong):
    new_visit("GHA", code="taken")
    visit = new_visit()
    for field, value in filled(wrong).items():
        setattr(visit, field, value)
    sentence = next(each for each in Visit._meta.constraints if each.name == name).violation_error_message
    with pytest.raises(ValidationError) as refused:
        visit.full_clean()
    assert str(sentence) in refused.value.messages


@pytest.mark.demand("WP-26-2")
@pytest.mark.parametrize("funding", ["global_north_entity", "un_regular_budget", "rpp_21_23"])
def test_promotional_visits_may_be_paid_from_three_sources(new_visit, funding):
    new_visit(kind=VisitKind.PROMOTIONAL, funding=funding).full_clean()


@pytest.mark.parametrize(
    "again", [{"period_start": date(2021, 1, 1)}, {"period_start": date(2024, 1, 1), "period_end": date(2023, 12, 31)}]
)
def test_database_refuses_a_broken_candidacy(new_candidate, again):
    new_candidate()
    with pytest.raises(IntegrityError), transaction.atomic():
        new_candidate(**again)


def test_next_period_may_name_the_same_state(new_candidate):
    new_candidate()
    new_candidate(period_start=date(2024, 1, 1), period_end=date(2026, 12, 31))
    assert Candidate.objects.count() == 2


@pytest.mark.demand("WP-23-5")
def test_plans_are_only_added_to(new_visit):
    visit = new_visit()
    VisitPlan.objects.create(visit=visit, planned_for="late November 2020")
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitPlan.objects.create(visit=visit, planned_for="")
    with pytest.raises(TypeError):
        visit.plans.update(planned_for="2021")
    with pytest.raises(TypeError):
        visit.plans.all().delete()
    with pytest.raises(ProtectedError):
        visit.delete()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"starts_on": date(2021, 6, 8), "ends_on": date(2021, 6, 18)}, "8 June 2021 to 18 June 2021"),
        ({"starts_on": date(2021, 6, 8)}, "8 June 2021"),
        ({"printed_period": "2018-2020"}, "2018-2020"),
        ({}, ""),
        (
            {"starts_on": date(2017, 3, 1), "ends_on": date(2017, 3, 10), "dates_evidence": "unconfirmed"},
            "1 March 2017 to 10 March 2017 (unconfirmed)",
        ),
    ],
)
def test_dates_say_how_sure_they_are(given, words):
    assert Visit(**given).dates_in_words == words
