"""Steps of reports and themes: the whole table, and what each step asks for and leaves behind."""

from datetime import date

import pytest
import time_machine

from iesogi.audit.models import Entry
from iesogi.deadlines.enums import State as DeadlineState
from reports.enums import NEXT, ReportState, Stage
from reports.exceptions import StepRefused
from reports.method.milestones import complete_milestone
from reports.models import Report, ThemeMove
from reports.services import move_report, move_theme, plan_milestones

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring():
    with time_machine.travel("2027-04-01T10:00:00Z", tick=False):
        yield


def in_state(new_report, state):
    """A report in that state with everything its next step could ask for."""
    day = date(2027, 3, 30) if state in {"submitted", "issued", "presented"} else None
    return new_report(state=state, symbol="A/HRC/65/1", submitted_on=day)


@pytest.mark.parametrize("was", ReportState)
@pytest.mark.parametrize("to", ReportState)
def test_move_allows_only_listed_steps(new_report, was, to):
    report = in_state(new_report, was)
    if to in NEXT[was]:
        assert move_report(report, to, by=None).state == to
        entry = Entry.objects.get()
        assert (entry.verb, entry.data["was"], entry.data["to"]) == ("report.moved", was.value, to.value)
    else:
        with pytest.raises(StepRefused, match="cannot become"):
            move_report(report, to, by=None)
        assert not Entry.objects.exists()
        assert Report.objects.get().state == was


@pytest.mark.demand("WP-19b-2")
@pytest.mark.parametrize(
    ("was", "to", "field"),
    [
        ("observations", "submitted", "submitted_on"),
        ("submitted", "issued", "issued_on"),
        ("issued", "presented", "presented_on"),
    ],
)
def test_stages_after_drafting_leave_their_day(new_report, was, to, field):
    report = move_report(in_state(new_report, was), to, by=None, on=date(2027, 3, 31))
    assert getattr(Report.objects.get(), field) == getattr(report, field) == date(2027, 3, 31)


def test_day_is_today_where_none_is_given(new_report):
    assert move_report(in_state(new_report, "submitted"), "issued", by=None).issued_on == date(2027, 4, 1)


def test_tomorrow_is_refused(new_report):
    with pytest.raises(StepRefused, match="still to come"):
        move_report(in_state(new_report, "submitted"), "issued", by=None, on=date(2027, 4, 2))


@pytest.mark.demand("WP-12")
def test_research_waits_for_the_communities(new_report):
    with pytest.raises(StepRefused, match="communities"):
        move_report(new_report(participation=" "), "research", by=None)


def test_floating_report_cannot_be_submitted(new_report):
    report = new_report(state="observations", forum="", year=None)
    with pytest.raises(StepRefused, match="forum and year"):
        move_report(report, "submitted", by=None)


def test_issued_report_needs_its_symbol(new_report):
    report = new_report(state="submitted", submitted_on=date(2027, 3, 30))
    with pytest.raises(StepRefused, match="symbol"):
        move_report(report, "issued", by=None)


def test_back_into_drafting_takes_the_day_away_and_the_trail_keeps_it(new_report):
    report = move_report(in_state(new_report, "submitted"), "drafting", by=None)
    assert (report.submitted_on, Entry.objects.get().data["submitted_on"]) == (None, "2027-03-30")


@pytest.mark.demand("WP-19b-1")
@pytest.mark.parametrize(
    ("was", "to"), [("research", "drafting"), ("drafting", "observations"), ("observations", "submitted")]
)
def test_nobody_from_outside_drafts_or_submits(new_report, assistant, officer, was, to):
    report = in_state(new_report, was)
    with pytest.raises(StepRefused, match="OHCHR core team"):
        move_report(report, to, by=assistant)
    assert move_report(report, to, by=officer).state == to


def test_research_is_open_to_assistants(new_report, assistant):
    assert move_report(new_report(), "research", by=assistant).state == "research"


@pytest.mark.usefixtures("method")
def test_submission_finishes_its_milestone(new_report):
    report = new_report(state="observations", slot_date=date(2027, 4, 15))
    plan_milestones(report, by=None)
    move_report(report, "submitted", by=None, on=date(2027, 3, 31))
    done = report.milestones.filter(deadline__state=DeadlineState.DONE)
    assert list(done.values_list("stage", "deadline__done_on")) == [(Stage.SUBMISSION, date(2027, 3, 31))]


# Themes


def test_moved_theme_keeps_where_it_was(theme, officer):
    move_theme(theme, forum="GA", year=2028, reason="The Council moved its session.", by=officer)
    theme.refresh_from_db()
    move = ThemeMove.objects.get()
    assert (theme.forum, theme.year, theme.floating) == ("GA", 2028, False)
    assert (str(move), move.by) == ("Human Rights Council 2027 → General Assembly 2028", officer)
    assert Entry.objects.get(verb="theme.moved").data["was"] == "Human Rights Council 2027"


def test_theme_may_lose_its_slot_and_find_one_again(theme):
    move_theme(theme, forum="", year=None, reason="Another theme is more urgent.", by=None)
    theme.refresh_from_db()
    assert (theme.floating, theme.floating_reason, theme.slot) == (True, "Another theme is more urgent.", "Floating")
    move_theme(theme, forum="GA", year=2029, reason="A slot is free.", by=None)
    theme.refresh_from_db()
    assert (theme.floating, theme.floating_reason, theme.moves.count()) == (False, "", 2)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"forum": "GA", "year": 2028, "reason": "  "}, "Say why"),
        ({"forum": "HRC", "year": 2027, "reason": "None"}, "this slot already"),
    ],
)
def test_move_that_says_nothing_is_refused(theme, given, says):
    with pytest.raises(StepRefused, match=says):
        move_theme(theme, by=None, **given)


def test_half_a_slot_is_refused_and_nothing_is_kept(theme):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        move_theme(theme, forum="GA", year=None, reason="A slip.", by=None)
    assert not ThemeMove.objects.exists()


def test_plan_of_a_reported_theme_is_history(theme, new_report):
    new_report(state="issued", symbol="A/HRC/65/1").themes.add(theme)
    with pytest.raises(StepRefused, match="A/HRC/65/1"):
        move_theme(theme, forum="GA", year=2028, reason="Too late.", by=None)


# Milestones


@pytest.mark.usefixtures("method")
def test_completed_milestone_keeps_what_shows_it(report, officer):
    plan_milestones(report, by=None)
    milestone = report.milestones.get(stage=Stage.DRAFTING)
    done = complete_milestone(milestone, by=officer, on=date(2027, 2, 20), evidence="Draft of 20 February.")
    assert (done.deadline.state, done.deadline.done_on) == (DeadlineState.DONE, date(2027, 2, 20))
    assert Entry.objects.get(verb="milestone.completed").data == {"evidence": "Draft of 20 February."}
    with pytest.raises(StepRefused, match="already"):
        complete_milestone(milestone, by=officer)
