"""The letters that the work programme prints, as they come out of its data file."""

import copy
import re
from datetime import date
from functools import cache

import pytest

from communications.enums import Contribution, LetterKind, LetterState
from communications.loading import load_outcomes
from communications.models import Letter
from iesogi.programme.source import PROGRAMME, read_programme
from iesogi.reference.exceptions import LoadError, ReferenceDataError
from iesogi.reference.loading import loading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@cache
def programme():
    return read_programme()


def section():
    return copy.deepcopy(programme()["communications"])


def load(data=None):
    with loading("test") as loader:
        load_outcomes(loader, data or section())
    return loader.report


@pytest.fixture
def printed():
    load()
    return {str(letter.country.iso3): letter for letter in Letter.objects.select_related("country")}


@pytest.mark.demand("WP-27-2", "WP-27-3", "trap-9")
def test_every_printed_type_is_a_type_of_the_register():
    kinds = {row["code"]: row for row in section()["kinds"]}
    assert kinds.keys() == set(LetterKind)
    # "Urgent action" is printed for an urgent appeal: one type (trap 9).
    assert kinds["UA"]["printed"] == "urgent action"
    assert LetterKind.URGENT_APPEAL.label == "Urgent appeal"


@pytest.mark.demand("WP-47-2")
def test_kazakhstan_letter_carries_what_is_printed_and_no_more(printed):
    letter = printed["KAZ"]
    assert (letter.reference, letter.persons, letter.acknowledged_by_state) == ("KAZ 2/2019", 2, True)
    assert "filmed" in letter.matter
    assert "without their consent" in letter.matter
    assert letter.outcome.startswith("Supreme Court ruling in favour")
    assert (letter.kind, letter.sent_on, letter.joint, letter.outcome_on, letter.published_on) == ("",) + (None,) * 4


@pytest.mark.demand("WP-47-3", "WP-47-4")
def test_egypt_letter_carries_its_dates_and_the_days_between(printed):
    letter = printed["EGY"]
    assert (letter.reference, letter.joint, letter.mandate_count) == ("UA EGY 4/2019", True, 8)
    assert (letter.sent_on, letter.event_on, letter.outcome_on) == (
        date(2019, 3, 20),
        date(2019, 3, 6),
        date(2019, 7, 16),
    )
    assert (letter.days_from_event, letter.days_to_outcome) == (14, 118)
    row = next(row for row in section()["outcomes"] if row["country"] == "EGY")
    assert (row["days_to_letter"], row["days_letter_to_outcome"]) == (letter.days_from_event, letter.days_to_outcome)


@pytest.mark.demand("WP-47-1")
def test_no_outcome_is_put_down_to_the_letter(printed):
    assert {letter.contribution for letter in printed.values()} == {Contribution.HARD_TO_DETERMINE}
    assert not any("caus" in choice for choice in Contribution.values)


@pytest.mark.demand("WP-47-5")
def test_no_person_is_named(printed):
    """The print names one person. A name is at least two words with capitals; here only the court is called so."""
    section = PROGRAMME.read_text("utf-8").split("\ncommunications:\n")[1].split("\nproduct_targets:")[0]
    texts = [section, *(text for letter in printed.values() for text in (letter.matter, letter.outcome))]
    named = {name for text in texts for name in re.findall(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+", text)}
    assert named == {"Supreme Court"}


def test_printed_letters_are_public_and_start_no_clock(printed):
    assert {letter.state for letter in printed.values()} == {LetterState.PUBLISHED}
    assert Letter.objects.published().count() == len(printed) == 2
    assert not Letter.objects.exclude(reply_deadline=None).exists()


def test_second_load_changes_nothing_and_an_edited_letter_is_kept():
    load()
    assert load().changed == 0
    Letter.objects.filter(reference_code="EGY").update(outcome="Corrected by the desk")
    assert [kept.fields for kept in load().kept] == [("outcome",)]
    assert Letter.objects.get(reference_code="EGY").outcome == "Corrected by the desk"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("reference", "EGY four/2019", "“EGY four/2019” is not a reference number"),
        ("number", 5, "KAZ 2/2019 does not agree with the country, number and year beside it"),
        ("kind", "XX", "“XX” is no type of letter. Use one of UA, AL, OL"),
        ("contribution", "caused by", "contribution: Value 'caused_by' is not a valid choice"),
    ],
)
def test_bad_line_names_its_place_and_loads_nothing(name, value, sentence):
    data = section()
    data["outcomes"][0][name] = value
    with pytest.raises(LoadError, match=r"^work_programme_2021_2023.yaml, line \d+: ") as refused:
        load(data)
    assert sentence in str(refused.value)
    assert str(refused.value).endswith("othing was loaded.")
    assert not Letter.objects.exists()


def test_unknown_state_names_its_place():
    data = section()
    data["outcomes"][0] |= {"reference": "XYZ 2/2019", "country": "XYZ"}
    with pytest.raises(ReferenceDataError, match=r"line \d+: “XYZ” is not the ISO alpha-3 code"):
        load(data)
