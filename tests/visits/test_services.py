"""Steps of visits: the whole table, what each asks for, and what only warns."""

from datetime import date

import pytest
import time_machine
from django.db import transaction

from iesogi.audit.models import Entry
from visits.enums import NEXT, VisitKind, VisitState
from visits.exceptions import StepRefused
from visits.models import Candidate, Visit, VisitPlan, VisitStep
from visits.services import make_visit, replan, step, warnings_for, warnings_of_plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def summer():
    with time_machine.travel("2021-07-01T10:00:00Z", tick=False):
        yield


@pytest.mark.parametrize("was", VisitState)
def test_step_allows_only_listed_ones(ready_visit, was):
    """One visit tries every state: a refused step leaves nothing behind, and a listed one is taken back."""
    report = {"report_stage": ""}
    visit = ready_visit(state=was, reason="A reason.", **report)
    for to in VisitState:
        if to not in NEXT[was]:
            with pytest.raises(StepRefused, match="cannot become"):
                step(visit, to, by=None, reason="Another.")
            assert not VisitStep.objects.exists()
            assert Visit.objects.get().state == was
    for to in NEXT[was]:
        with transaction.atomic():
            assert step(visit, to, by=None, reason="Another.").state == to
            said = Entry.objects.get(verb="visit.stepped").data
            assert {"was": was.value, "to": to.value, "reason": "Another."}.items() <= said.items()
            assert list(visit.steps.values_list("kind", "code", "on")) == [("state", to, date(2021, 7, 1))]
            transaction.set_rollback(True)


@pytest.mark.parametrize("to", ["postponed", "withdrawn", "cancelled"])
def test_leaving_the_plan_needs_words(new_visit, to):
    with pytest.raises(StepRefused, match="Say why"):
        step(new_visit(state="pending"), to, by=None, reason="  ")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"starts_on": date(2021, 6, 28), "ends_on": date(2021, 7, 2)}, "2 July 2021, which is still to come"),
        ({"starts_on": date(2021, 7, 2)}, "still to come"),
    ],
)
def test_visit_is_carried_out_once_it_is_over(new_visit, given, says):
    with pytest.raises(StepRefused, match=says):
        step(new_visit(state="pending", **given), "done", by=None)


def test_visit_that_ended_today_is_over(new_visit):
    visit = new_visit(state="pending", starts_on=date(2021, 6, 28), ends_on=date(2021, 7, 1))
    assert step(visit, "done", by=None).state == "done"


def test_pipeline_visit_without_days_is_not_carried_out(new_visit):
    visit = new_visit(kind=VisitKind.PROMOTIONAL, state="under_way")
    Visit.objects.update(state="pending")
    with pytest.raises(StepRefused, match="ends on 1 September 2021, which is still to come"):
        step(visit, "done", by=None)


@pytest.mark.demand("WP-23-4")
def test_candidate_becomes_a_requested_visit_in_one_step(new_candidate, officer):
    candidate = new_candidate(identified_for=2021)
    visit = make_visit(candidate, by=officer)
    assert (visit.kind, visit.country, visit.state) == (VisitKind.COUNTRY, candidate.country, VisitState.REQUESTED)
    assert list(visit.plans.values_list("planned_for", "by")) == [("2021", officer.pk)]
    assert Candidate.objects.get().visit == visit
    with pytest.raises(StepRefused, match="already"):
        make_visit(candidate, by=officer)


def test_candidate_without_a_year_keeps_the_period_as_its_plan(new_candidate):
    assert make_visit(new_candidate(), by=None).plans.get().planned_for == "2021-2023"


@pytest.mark.demand("WP-23-5")
def test_plan_joins_those_before_it_and_moves_the_days(new_visit, officer):
    visit = new_visit(state="pending")
    replan(visit, "autumn 2021", by=officer, reason="Elections.")
    replan(visit, "May 2022", by=officer, reason="Agreed.", starts_on=date(2022, 5, 2), ends_on=date(2022, 5, 12))
    visit.refresh_from_db()
    assert list(visit.plans.values_list("planned_for", flat=True)) == ["autumn 2021", "May 2022"]
    assert (visit.starts_on, visit.ends_on) == (date(2022, 5, 2), date(2022, 5, 12))


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_what_is_over_is_not_planned(new_visit, state):
    visit = new_visit(state=state, reason="A reason.", starts_on=date(2021, 6, 8))
    with pytest.raises(StepRefused, match="not planned any more"):
        replan(visit, "2022", by=None, reason="Again.")


def test_plan_without_a_reason_is_refused(new_visit):
    with pytest.raises(StepRefused, match="Say why"):
        replan(new_visit(), "2022", by=None, reason=" ")


def test_days_that_end_before_they_start_leave_no_plan(new_visit):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        replan(new_visit(), "May", by=None, reason="?", starts_on=date(2022, 5, 2), ends_on=date(2022, 5, 1))
    assert not VisitPlan.objects.exists()


# Warnings


@pytest.mark.demand("WP-23-2")
def test_third_country_visit_of_a_year_warns_and_does_not_block(new_visit):
    for iso3, day in (("ARM", 1), ("GHA", 2)):
        new_visit(iso3, state="done", starts_on=date(2021, 3, day))
    third = new_visit("IND", state="pending", starts_on=date(2021, 12, 31))
    assert warnings_for(third) == ["3 country visits begin in 2021; the regular budget caters for 2 a year."]
    assert step(third, "cancelled", by=None, reason="Off.").state == "cancelled"


@pytest.mark.parametrize(
    "given",
    [
        {"starts_on": date(2022, 1, 1)},
        {"starts_on": date(2021, 5, 1), "kind": VisitKind.PROMOTIONAL},
        {"starts_on": None},
        {"starts_on": date(2021, 5, 1), "state": "cancelled", "reason": "Off."},
    ],
)
def test_what_is_no_country_visit_of_that_year_does_not_warn(new_visit, given):
    for iso3 in ("ARM", "GHA"):
        new_visit(iso3, state="done", starts_on=date(2021, 3, 1))
    assert warnings_for(new_visit("IND", **given)) == []


def test_postponed_visits_do_not_count(new_visit):
    for iso3 in ("ARM", "GHA"):
        new_visit(iso3, state="postponed", reason="Later.", starts_on=date(2021, 3, 1))
    assert warnings_for(new_visit("IND", state="pending", starts_on=date(2021, 5, 1))) == []


def test_two_identified_for_a_year_are_within_the_budget(new_candidate):
    for iso3 in ("ARM", "GHA"):
        new_candidate(iso3, identified_for=2021)
    assert warnings_of_plan() == []
