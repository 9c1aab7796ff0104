"""A narrower consent, after something may have gone out, raises one task in words that say nothing (R5)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from communications import nightly
from communications.cases import recall
from communications.cases.consent import COLUMNS
from communications.cases.enums import CaseState, Consent, Use
from communications.cases.models import Case
from communications.thread import services as thread
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.days import GENEVA
from iesogi.deadlines.models import Deadline
from iesogi.vault import intake
from tests.communications.thread.conftest import AT, sent  # noqa: F401
from tests.vault.conftest import amal, channels, custodian, keys  # noqa: F401

pytestmark = pytest.mark.django_db
DAY = date(2021, 7, 1)
MINIMUM = dict.fromkeys(["meets_c1", "meets_c2", "meets_c3", "meets_c4"], True)
ALL_CLOSED = dict.fromkeys(COLUMNS.values(), False)


def put(sent, **columns):  # noqa: F811
    Case.objects.filter(pk=sent.case.pk).update(**MINIMUM, **columns)
    return sent.fresh()


def withdraw(sent):  # noqa: F811
    thread.withdraw(intake.open_by_number(sent.number), once="0" * 32, code="*", words="", at=AT)
    return sent.fresh()


def night(day):
    now = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=GENEVA) + timedelta(hours=4)
    with time_machine.travel(now, tick=False):
        return nightly.tick(now=now, enqueue=False)["consent_tasks"]


@pytest.mark.parametrize("state", [state for state in CaseState if state != CaseState.MERGED])
def test_task_is_raised_once_something_may_be_out(sent, state):  # noqa: F811
    task = recall.changed(put(sent, state=state), ALL_CLOSED, on=DAY)
    assert bool(task) == (state in {CaseState.TAKEN_UP, CaseState.CLOSED})
    assert not sent.fresh().agrees_to_letter


def test_task_tells_nothing_and_is_due_in_three_days(sent, officer):  # noqa: F811
    task = recall.changed(put(sent, state=CaseState.TAKEN_UP, assigned_to=officer), ALL_CLOSED, on=DAY)
    assert (task.title, task.due_on, task.owner) == ("A confidential task is due", date(2021, 7, 4), officer)
    said = f"{task.title} {task.explanation} {task.subject_label}".lower()
    assert sent.case.ref.lower() not in said
    assert "consent" not in said


def test_wider_consent_raises_nothing(sent):  # noqa: F811
    case = put(sent, state=CaseState.TAKEN_UP, **ALL_CLOSED)
    assert recall.changed(case, dict.fromkeys(COLUMNS.values(), True), on=DAY) is None
    assert sent.fresh().agrees_to_letter


def test_open_task_speaks_for_all_and_a_done_one_for_no_more(sent):  # noqa: F811
    put(sent, state=CaseState.CLOSED)
    press = recall.changed(sent.fresh(), {"may_be_named_in_press": False}, on=DAY)
    assert recall.changed(sent.fresh(), {"may_be_named_publicly": False}, on=DAY) == press
    deadlines.complete(press, by=None)
    again = recall.changed(sent.fresh(), {"agrees_to_letter": False}, on=DAY)
    assert again.is_open
    assert again != press


def test_source_leaves_no_date_and_the_task_comes_with_the_next_week(sent):  # noqa: F811
    put(sent, state=CaseState.TAKEN_UP)
    assert withdraw(sent).consent_narrowed
    assert not Deadline.objects.exists()
    assert [night("2021-07-03"), night("2021-07-04")] == [0, 0]
    assert [night("2021-07-05"), night("2021-07-05")] == [1, 0]
    case = sent.fresh()
    assert (case.consent_task.due_on, case.consent_narrowed) == (date(2021, 7, 8), False)


def test_source_that_narrows_nothing_asks_for_no_task(sent):  # noqa: F811
    put(sent, state=CaseState.TAKEN_UP, **ALL_CLOSED)
    assert not withdraw(sent).consent_narrowed
    thread.answer(
        intake.open_by_number(sent.number),
        once="1" * 32,
        code="A",
        answers={Use.LETTER: Consent.YES},
        words="",
        at=AT,
    )
    assert not sent.fresh().consent_narrowed
