"""A letter that raises a reprisal: agreement is asked for when they are joined and when it goes out."""

from datetime import date

import pytest

from communications.exceptions import StepRefused
from communications.letters import guards
from communications.models import Letter, LetterReprisal
from communications.reprisals import figures, services
from iesogi.safety.models import Reprisal

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(kazakhstan):
    return Letter.objects.create(kind="UA", country=kazakhstan, state="draft")


@pytest.fixture
def agreed(kazakhstan):
    return Reprisal.objects.create(
        label="Reprisal 2021-1", country=kazakhstan, cooperation="submission", act="threat", confidential="yes",
        reported_on=date(2021, 5, 1),
    )  # fmt: skip


def in_the_way(letter, officer):
    return [said for said in guards.blockers(letter, "sent", by=officer, on=date(2021, 7, 1)) if "It raises" in said]


def test_letter_takes_its_rung_when_it_is_sent(draft, agreed, officer):
    services.raise_by_letter(draft, reprisal=agreed, by=officer)
    assert not agreed.steps.exists()
    draft.sent_on = date(2021, 7, 1)
    services.record_sent(draft, by=officer)
    assert [(step.rung, step.on) for step in agreed.steps.all()] == [("communication", date(2021, 7, 1))]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"confidential": "no"}, "do not agree", id="agreement withdrawn"),
        pytest.param({"state": "closed", "outcome": "Over."}, "is closed", id="closed meanwhile"),
    ],
)
def test_letter_does_not_go_out_with_a_reprisal_that_may_not_be_raised(draft, agreed, officer, change, sentence):
    services.raise_by_letter(draft, reprisal=agreed, by=officer)
    assert in_the_way(draft, officer) == []
    Reprisal.objects.update(**change)
    assert sentence in in_the_way(draft, officer)[0]
    services.raise_no_more(draft, reprisal=agreed, by=officer)
    assert in_the_way(draft, officer) == []


def test_what_a_letter_raised_stays_on_record_once_it_is_out(draft, agreed, officer):
    services.raise_by_letter(draft, reprisal=agreed, by=officer)
    Letter.objects.update(state="sent", sent_on=date(2021, 7, 1))
    with pytest.raises(StepRefused, match="is out"):
        services.raise_no_more(draft, reprisal=agreed, by=officer)
    assert LetterReprisal.objects.exists()


def test_only_what_is_joined_is_taken_apart(draft, agreed, officer):
    with pytest.raises(StepRefused, match="does not raise"):
        services.raise_no_more(draft, reprisal=agreed, by=officer)


@pytest.mark.parametrize(
    ("known", "counted"),
    [
        (date(2020, 4, 30), 0), (date(2020, 5, 1), 1), (date(2021, 4, 30), 1), (date(2021, 5, 1), 0),
    ],
)  # fmt: skip
def test_report_of_the_secretary_general_looks_at_twelve_months_from_may(agreed, known, counted):
    Reprisal.objects.update(reported_on=known)
    rows = {row.label: row.counts[0] for row in figures.of_year(2021, whole=True).rows}
    label = "Known in the window of the report of the Secretary-General, 1 May 2020 to 30 April 2021"
    assert rows[label] == counted


def test_window_of_the_report_is_a_setting(settings):
    settings.SG_REPORT_FROM_MONTH = 6
    assert figures.window_of_report(2016) == (date(2015, 6, 1), date(2016, 5, 31))
