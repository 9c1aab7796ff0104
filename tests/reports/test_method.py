"""Milestones by hand and by several hands: room, slips, owners, approvals, drafts that collide, on-time submission."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from iesogi.accounts.enums import PaidBy, Role
from iesogi.audit.models import Entry
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.exceptions import DeadlineRefused
from iesogi.deadlines.models import Deadline
from reports.enums import Stage
from reports.exceptions import StepRefused
from reports.method import approvals, conflicts, milestones, timeliness
from reports.method.slack import Work, slacks
from reports.models import Approval, MethodStep, Report
from reports.services import move_slot, plan_milestones, preview_milestones, set_slot_date
from tests.conftest import member_of_staff

SLOT = date(2027, 3, 31)


@pytest.fixture(autouse=True)
def autumn():
    with time_machine.travel("2026-09-01T10:00:00Z", tick=False):
        yield


@pytest.fixture
def advisor(roles):
    return member_of_staff(Role.SENIOR_ADVISOR)


@pytest.fixture
def review(method, report):
    """The literature review of a planned report, with the chain of para 19a."""
    MethodStep.objects.filter(stage=Stage.LITERATURE_REVIEW).update(
        prepares_role=Role.RESEARCH_ASSISTANT, supervises_role=Role.SENIOR_ADVISOR, approves_role=Role.MANDATE_HOLDER
    )
    plan_milestones(report, by=None)
    return report.milestones.with_deadlines().get(stage=Stage.LITERATURE_REVIEW)


def milestone(report, stage):
    return report.milestones.with_deadlines().get(stage=stage)


# Room


def test_latest_start_and_room_count_from_the_step_before():
    monday, friday = date(2027, 3, 1), date(2027, 3, 26)
    found = slacks([Work(monday, 14), Work(friday, 14), Work(friday, 30)], on=date(2027, 2, 1), holidays={})
    assert [(slack.latest_start, slack.free_days) for slack in found] == [
        (date(2027, 2, 15), 14),
        (date(2027, 3, 12), 11),
        (date(2027, 2, 24), -5),
    ]
    assert [slack.in_words for slack in found][1:] == ["11 days", "overlaps the step before by 5 days"]


def test_of_two_steps_on_one_day_the_method_says_which_comes_before():
    monday, tuesday = date(2027, 5, 3), date(2027, 5, 4)
    steps = [Work(monday, 25, 25), Work(monday, 1, 28), Work(tuesday, 1, 30)]
    edited, issued, told = slacks(steps, on=monday, holidays={})
    assert (edited.is_first, issued.is_first, told.is_first) == (True, False, False)
    assert issued.in_words == "overlaps the step before by 3 days"  # it begins on Friday, and the other ends on Monday
    assert told.in_words == "none"


def test_first_step_has_the_days_from_today_and_says_when_they_are_gone():
    [slack] = slacks([Work(date(2027, 3, 26), 30)], on=date(2027, 3, 1), holidays={})
    assert (slack.free_days, slack.in_words) == (-5, "had to begin 5 days ago")


def test_latest_start_on_a_weekend_is_the_working_day_before():
    [slack] = slacks([Work(date(2027, 3, 15), 1)], on=date(2027, 3, 1), holidays={date(2027, 3, 12): "A day off"})
    assert slack.latest_start == date(2027, 3, 11)


@pytest.mark.django_db
@pytest.mark.usefixtures("method")
def test_preview_says_when_each_step_has_to_begin(report):
    MethodStep.objects.filter(stage=Stage.DRAFTING).update(duration_days=28)
    drafting = next(line for line in preview_milestones(report) if line.step.stage == Stage.DRAFTING)
    assert (drafting.due_on, drafting.slack.latest_start) == (date(2027, 2, 24), date(2027, 1, 27))
    assert drafting.slack.free_days == 21  # after the call, which ends on 6 January


# Slips and owners


@pytest.mark.django_db
def test_slip_keeps_the_first_date_and_the_reason(review, officer):
    milestones.slip(review, to=date(2026, 9, 20), reason="The library was closed.", by=officer)
    review.deadline.refresh_from_db()
    assert (review.deadline.due_on, review.deadline.original_due_on) == (date(2026, 9, 20), date(2026, 9, 2))
    assert review.deadline.extensions.get().reason == "The library was closed."
    assert Entry.objects.filter(verb="milestone.slipped").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("stage", [Stage.DRAFTING, Stage.SUBMISSION])
@pytest.mark.usefixtures("method")
def test_milestone_after_the_slot_is_refused_in_a_sentence_and_by_the_database(report, stage):
    plan_milestones(report, by=None)
    step = milestone(report, stage)
    with pytest.raises(DeadlineRefused, match="Thursday 1 April 2027 is after Wednesday 31 March 2027, the day that"):
        milestones.slip(step, to=date(2027, 4, 1), reason="More time.", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.filter(pk=step.deadline_id).update(due_on=date(2027, 4, 1))


@pytest.mark.django_db
@pytest.mark.usefixtures("method")
def test_step_after_submission_may_be_put_off_beyond_the_slot(report):
    plan_milestones(report, by=None)
    edit = milestone(report, Stage.EDIT_TRANSLATE)
    assert milestones.slip(edit, to=date(2027, 6, 1), reason="Six languages.", by=None).deadline.not_after is None


@pytest.mark.django_db
@pytest.mark.usefixtures("method")
def test_earlier_slot_takes_back_an_extension_that_lies_behind_it(report):
    plan_milestones(report, by=None)
    milestones.slip(milestone(report, Stage.DRAFTING), to=date(2027, 3, 30), reason="Illness.", by=None)
    set_slot_date(report, date(2027, 3, 30), by=None)
    drafting = milestone(report, Stage.DRAFTING).deadline
    assert (drafting.due_on, drafting.not_after) == (date(2027, 2, 23), date(2027, 3, 30))


@pytest.mark.django_db
def test_owner_gets_the_step_and_the_trail_says_so(review, officer, advisor):
    milestones.assign(review, owner=advisor, by=officer)
    review.deadline.refresh_from_db()
    assert review.deadline.owner == advisor
    assert Entry.objects.get(verb="milestone.assigned").data["to"] == str(advisor)


# Approvals


@pytest.mark.demand("WP-19a-1")
@pytest.mark.django_db
def test_step_is_done_once_all_three_stood_for_it_in_order(review, assistant, advisor, holder, officer):
    with pytest.raises(StepRefused, match="“Research assistant”"):
        approvals.stand_for(review, by=holder)
    for person in (assistant, advisor, holder):
        with pytest.raises(StepRefused, match="not approved yet"):
            milestones.complete_milestone(review, by=officer)
        approvals.stand_for(review, by=person)
    assert milestones.complete_milestone(review, by=officer).deadline.done_on == date(2026, 9, 1)
    assert list(Approval.objects.values_list("part", flat=True)) == ["prepares", "supervises", "approves"]


@pytest.mark.demand("WP-19a-1")
@pytest.mark.django_db
def test_deadline_of_a_milestone_is_done_at_the_milestone_alone(as_user, review, officer):
    desk, address = as_user(officer), f"/admin/deadlines/deadline/{review.deadline_id}/"
    leads_to = f"/admin/reports/milestone/{review.pk}/change/"
    shown = desk.get(f"{address}change/")
    refused = desk.post(f"{address}done/", {"on": ""}).content.decode()
    assert "Done" not in [str(label) for label, _url in shown.context["acts"]]
    assert f'<a href="{leads_to}">It is done once its milestone is' in shown.content.decode()
    assert f"on the milestone&#x27;s page. Go to {leads_to}." in refused
    with pytest.raises(DeadlineRefused, match="not closed by hand"):
        deadlines.complete(review.deadline, by=officer)
    assert Deadline.objects.get(pk=review.deadline_id).is_open


@pytest.mark.django_db
def test_database_wants_an_address_where_the_subject_closes(review):
    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.filter(pk=review.deadline_id).update(subject_url="")


@pytest.mark.django_db
def test_step_sent_back_begins_again_and_keeps_its_history(review, assistant, advisor):
    approvals.stand_for(review, by=assistant)
    approvals.send_back(review, by=advisor, note="Add sources from the Global South.")
    assert approvals.missing(review)[0].role == Role.RESEARCH_ASSISTANT
    approvals.stand_for(review, by=assistant)
    assert approvals.missing(review)[0].role == Role.SENIOR_ADVISOR
    assert list(Approval.objects.values_list("round", "verdict")) == [(1, "given"), (1, "returned"), (2, "given")]


@pytest.mark.django_db
def test_sending_back_gives_a_reason_and_has_something_to_send_back(review, assistant, advisor):
    with pytest.raises(StepRefused, match="Nothing has been prepared"):
        approvals.send_back(review, by=assistant, note="Why not.")
    approvals.stand_for(review, by=assistant)
    with pytest.raises(ValidationError, match="Say what has to change"):
        approvals.send_back(review, by=advisor, note=" ")


@pytest.mark.django_db
def test_nobody_stands_for_two_parts(review, assistant, advisor):
    assistant.groups.add(advisor.groups.get())
    approvals.stand_for(review, by=assistant)
    with pytest.raises(ValidationError, match="Somebody else takes this one"):
        approvals.stand_for(review, by=assistant)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"by": "advisor"}, {"part": "supervises"}])
def test_database_keeps_one_row_a_part_and_a_person(review, assistant, advisor, change):
    approvals.stand_for(review, by=assistant)
    row = {"milestone": review, "part": "prepares", "role": Role.RESEARCH_ASSISTANT, "by": assistant}
    people = {"advisor": advisor}
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval(**row | {name: people.get(value, value) for name, value in change.items()}).save()
    with pytest.raises(TypeError, match="never changed"):
        Approval.objects.update(note="Something else.")


@pytest.mark.demand("WP-19b-1")
@pytest.mark.django_db
@pytest.mark.usefixtures("method")
def test_drafting_is_not_finished_from_outside(report):
    plan_milestones(report, by=None)
    outside = member_of_staff(Role.SENIOR_ADVISOR, paid_by=PaidBy.OUTSIDE)
    with pytest.raises(StepRefused, match="OHCHR core team"):
        milestones.complete_milestone(milestone(report, Stage.DRAFTING), by=outside)


# Slots


@pytest.mark.demand("WP-17-2")
@pytest.mark.django_db
def test_slot_that_is_taken_is_refused_and_says_by_whom(report, new_report):
    new_report(forum="GA", title="Numbers", symbol="")
    with pytest.raises(StepRefused, match="General Assembly 2027 is taken by “Numbers”"):
        move_slot(report, forum="GA", year=2027, reason="The Council is full.", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(forum="GA")


@pytest.mark.django_db
def test_moved_report_loses_the_slot_date_of_its_old_slot(report, officer):
    moved = move_slot(report, forum="GA", year=2027, reason="The theme is ripe later.", by=officer)
    assert (moved.forum, moved.slot_date) == ("GA", None)
    assert Entry.objects.get(verb="report.slot_moved").data["was"] == "Human Rights Council 2027"


# Collisions


@pytest.mark.django_db
@pytest.mark.parametrize(("other", "collides"), [(date(2027, 4, 13), True), (date(2027, 4, 14), False)])
@pytest.mark.usefixtures("method")
def test_two_drafts_in_one_fortnight_are_shown(report, new_report, other, collides):
    second = new_report(forum="GA", title="Numbers", slot_date=other)
    for each in (report, second):
        plan_milestones(each, by=None)
    found = [clash.in_words for clash in conflicts.drafts_in_one_fortnight()]
    assert bool(found) == collides
    if collides:
        assert found[0].startswith("Two drafts in one fortnight: A theme on 24 February 2027 and Numbers on")
    assert bool(conflicts.drafts_near(date(2027, 2, 24), but=report)) == collides


# On time


@pytest.mark.demand("WP-19b-3")
@pytest.mark.django_db
def test_timeliness_is_counted_by_year_and_silent_where_nothing_is_known(new_report):
    new_report(year=2025, slot_date=date(2025, 3, 31), submitted_on=date(2025, 4, 12))
    new_report(forum="GA", year=2025, slot_date=date(2025, 7, 10), submitted_on=date(2025, 7, 10))
    new_report(year=2026)
    first, second = timeliness.by_year()
    assert (first.reports, first.measured, first.on_time, first.days_late, first.percent) == (2, 2, 1, 12, 50.0)
    assert (second.measured, second.percent) == (0, None)
