"""Milestones counted back from the slot date: where they fall, why, and what a second planning changes."""

from datetime import date

import pytest
import time_machine

from iesogi.audit.models import Entry
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.enums import State as DeadlineState
from iesogi.deadlines.models import Deadline, Holiday
from reports.enums import Stage
from reports.exceptions import StepRefused
from reports.method.milestones import complete_milestone
from reports.models import MethodStep
from reports.planning import Change, land, plan
from reports.services import plan_milestones, preview_milestones, set_slot_date

HOLIDAYS = {date(2026, 12, 25): "Christmas Day", date(2027, 3, 29): "Easter Monday"}
SLOT = date(2027, 3, 31)


@pytest.fixture(autouse=True)
def autumn():
    with time_machine.travel("2026-09-01T10:00:00Z", tick=False):
        yield


# Pure


@pytest.mark.parametrize(
    ("days", "day", "because"),
    [
        (0, date(2027, 3, 31), "The slot date, set by document services: Wednesday 31 March 2027."),
        (84, date(2027, 1, 6), "12 weeks before the slot date of 31 March 2027 is Wednesday 6 January 2027."),
        (7, date(2027, 3, 24), "1 week before the slot date of 31 March 2027 is Wednesday 24 March 2027."),
        (1, date(2027, 3, 30), "1 day before the slot date of 31 March 2027 is Tuesday 30 March 2027."),
        (
            10,
            date(2027, 3, 19),
            "10 days before the slot date of 31 March 2027 is Sunday 21 March 2027. "
            "That is no working day, so the step is due on Friday 19 March 2027 before it.",
        ),
        (
            2,
            date(2027, 3, 26),
            "2 days before the slot date of 31 March 2027 is Monday 29 March 2027. "
            "That is an official holiday (Easter Monday), so the step is due on Friday 26 March 2027 before it.",
        ),
        (96, date(2026, 12, 24), None),
        (
            -3,
            date(2027, 4, 5),
            "3 days after the slot date of 31 March 2027 is Saturday 3 April 2027. "
            "That is no working day, so the step is due on Monday 5 April 2027 after it.",
        ),
        (-28, date(2027, 4, 28), "4 weeks after the slot date of 31 March 2027 is Wednesday 28 April 2027."),
    ],
)
def test_step_lands_on_a_working_day_and_says_why(days, day, because):
    landed = land(days, SLOT, HOLIDAYS)
    assert landed.date == day
    assert because is None or landed.explanation == because


@pytest.mark.parametrize(
    ("slot", "days", "day"), [(date(2028, 3, 7), 7, date(2028, 2, 29)), (date(2027, 1, 4), 7, date(2026, 12, 28))]
)
def test_leap_day_and_year_end_are_days_like_others(slot, days, day):
    assert land(days, slot, {}).date == day


def test_slot_date_on_a_sunday_stays():
    assert land(0, date(2027, 3, 28), HOLIDAYS).date == date(2027, 3, 28)


# With the database

pytest_db = pytest.mark.django_db


@pytest_db
@pytest.mark.usefixtures("method")
def test_preview_writes_nothing(report):
    planned = preview_milestones(report)
    assert [line.change for line in planned] == [Change.NEW] * 5
    assert (Deadline.objects.count(), Entry.objects.count()) == (0, 0)


@pytest_db
@pytest.mark.usefixtures("method")
def test_planning_opens_a_deadline_a_step(report, officer):
    plan_milestones(report, by=officer)
    found = list(report.milestones.order_by("order").values_list("stage", "deadline__due_on", "deadline__kind__code"))
    assert found == [
        ("literature_review", date(2026, 9, 2), "report-milestone"),
        ("call_for_inputs", date(2027, 1, 6), "report-milestone"),
        ("drafting", date(2027, 2, 24), "report-milestone"),
        ("submission", date(2027, 3, 31), "report-slot"),
        ("edit_translate", date(2027, 4, 28), "report-milestone"),
    ]
    call = report.milestones.get(stage="call_for_inputs").deadline
    assert call.explanation.startswith("12 weeks before the slot date of 31 March 2027")
    assert (call.title, call.subject_label) == ("Call for inputs: Human Rights Council 2027", "A theme")
    assert call.subject_url == f"/admin/reports/milestone/{report.milestones.get(deadline=call).pk}/change/"
    assert Entry.objects.get(verb="report.planned").by == officer


@pytest_db
@pytest.mark.usefixtures("method")
def test_optional_steps_come_only_when_asked_for_and_stay(report):
    plan_milestones(report, by=None)
    assert not report.milestones.filter(stage=Stage.AD_HOC).exists()
    plan_milestones(report, by=None, optional=[Stage.AD_HOC])
    plan_milestones(report, by=None)
    assert report.milestones.filter(stage=Stage.AD_HOC).count() == 1


@pytest_db
@pytest.mark.usefixtures("method")
def test_second_planning_changes_nothing(report):
    plan_milestones(report, by=None)
    before = list(Deadline.objects.values_list("pk", "due_on", "revision"))
    planned = plan_milestones(report, by=None)
    assert {line.change for line in planned} == {Change.STAYS}
    assert list(Deadline.objects.values_list("pk", "due_on", "revision")) == before
    assert Entry.objects.filter(verb="report.planned").count() == 1


@pytest_db
@pytest.mark.usefixtures("method")
def test_changed_offset_moves_its_step_only(report):
    plan_milestones(report, by=None)
    MethodStep.objects.filter(stage=Stage.DRAFTING).update(days_before_slot=42)
    changes = {line.step.stage: line.change for line in plan_milestones(report, by=None)}
    assert [stage for stage, change in changes.items() if change == Change.MOVES] == [Stage.DRAFTING]
    milestone = report.milestones.get(stage=Stage.DRAFTING)
    assert milestone.deadline.due_on == milestone.planned_on == date(2027, 2, 17)
    assert milestone.deadline.original_due_on == date(2027, 2, 24)


@pytest_db
@pytest.mark.usefixtures("method")
def test_new_slot_date_moves_what_is_open_and_leaves_what_is_done(report):
    plan_milestones(report, by=None)
    complete_milestone(report.milestones.get(stage=Stage.LITERATURE_REVIEW), by=None)
    set_slot_date(report, date(2027, 4, 7), by=None)
    days = dict(report.milestones.values_list("stage", "deadline__due_on"))
    assert days == {
        "literature_review": date(2026, 9, 2),
        "call_for_inputs": date(2027, 1, 13),
        "drafting": date(2027, 3, 3),
        "submission": date(2027, 4, 7),
        "edit_translate": date(2027, 5, 5),
    }
    assert report.milestones.get(stage=Stage.LITERATURE_REVIEW).deadline.state == DeadlineState.DONE


@pytest_db
@pytest.mark.usefixtures("method")
def test_extension_survives_planning_again(report):
    plan_milestones(report, by=None)
    deadline = report.milestones.get(stage=Stage.DRAFTING).deadline
    deadlines.extend(deadline, to=date(2027, 3, 5), reason="Illness.", by=None)
    plan_milestones(report, by=None)
    deadline.refresh_from_db()
    assert deadline.due_on == date(2027, 3, 5)


@pytest_db
@pytest.mark.usefixtures("method")
def test_recorded_holidays_are_left_out(report):
    Holiday.objects.create(calendar="geneva", on=date(2027, 2, 24), name="A day off")
    plan_milestones(report, by=None)
    milestone = report.milestones.get(stage=Stage.DRAFTING)
    assert milestone.planned_on == date(2027, 2, 23)
    assert "A day off" in milestone.deadline.explanation


@pytest_db
@pytest.mark.usefixtures("method")
def test_slot_date_before_any_plan_opens_nothing(new_report):
    report = set_slot_date(new_report(), SLOT, by=None)
    assert (report.slot_date, report.milestones.count()) == (SLOT, 0)


@pytest_db
@pytest.mark.usefixtures("method")
def test_same_slot_date_again_leaves_no_trace(report):
    set_slot_date(report, SLOT, by=None)
    assert not Entry.objects.exists()


@pytest_db
@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "no slot date"),
        ({"slot_date": SLOT, "state": "submitted", "submitted_on": SLOT}, "submitted already"),
        ({"slot_date": SLOT, "state": "presented", "symbol": "A/HRC/65/1"}, "submitted already"),
    ],
)
@pytest.mark.usefixtures("method")
def test_plan_that_makes_no_sense_is_refused(new_report, given, says):
    with pytest.raises(StepRefused, match=says):
        plan_milestones(new_report(**given), by=None)


@pytest_db
def test_without_a_method_there_is_nothing_to_plan(report):
    with pytest.raises(StepRefused, match="no steps"):
        plan_milestones(report, by=None)


@pytest_db
@pytest.mark.usefixtures("method")
def test_slot_date_of_a_submitted_report_stays(new_report):
    report = new_report(state="submitted", submitted_on=SLOT, slot_date=SLOT)
    with pytest.raises(StepRefused, match="timeliness"):
        set_slot_date(report, date(2027, 4, 7), by=None)


@pytest_db
@pytest.mark.usefixtures("method")
def test_dialogue_of_each_forum_lands_in_its_session(new_report):
    given = {"stage": Stage.INTERACTIVE_DIALOGUE, "phase": "presentation", "order": 11}
    MethodStep.objects.create(days_before_slot=-77, days_before_slot_ga=-105, **given)
    slots = {"HRC": date(2027, 4, 5), "GA": date(2027, 7, 12)}
    found = {}
    for forum, slot in slots.items():
        lines = plan(new_report(forum=forum, slot_date=slot), slot_date=slot)
        found[forum] = {line.step.stage: line.due_on for line in lines}
    assert found["HRC"]["dialogue"] == date(2027, 6, 21)
    assert found["GA"]["dialogue"] == date(2027, 10, 25)
    assert found["GA"]["drafting"] == date(2027, 6, 7)  # without days of its own it keeps those of the Council
