"""A reprisal is flagged from a letter or a case; its register learns of neither, and it is followed up."""

from datetime import date

import pytest
import time_machine

from communications import services as letters_services
from communications.desk import opening
from communications.exceptions import StepRefused
from communications.models import Letter, LetterReprisal
from communications.reprisals import figures, services
from communications.reprisals.models import Bond
from iesogi.deadlines.models import Deadline
from iesogi.safety.models import Reprisal
from iesogi.vault.enums import Kind
from tests.communications.desk.conftest import desk, new_case  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring():
    with time_machine.travel("2021-07-12T10:00:00Z", tick=False):
        yield


@pytest.fixture
def letter(kazakhstan):
    letter = Letter(kind="AL", country=kazakhstan, reference_code="KAZ", number=2, year=2021)
    return letters_services.register(letter, sent_on=date(2021, 3, 1), by=None)


def test_reprisal_flagged_from_a_letter_is_followed_up_and_knows_no_reference(letter, officer):
    first = services.flag_from_letter(letter, act="threat", actor="state", by=officer)
    second = services.flag_from_letter(letter, act="travel", actor="unknown", by=officer)
    assert [first.label, second.label] == ["Reprisal 2021-1", "Reprisal 2021-2"]
    assert (first.follow_up.due_on, first.follow_up.title) == (date(2021, 7, 19), "A confidential task is due")
    assert "KAZ" not in str(Reprisal.objects.values())
    assert set(LetterReprisal.objects.values_list("letter", "bond")) == {(letter.pk, Bond.CAUSE)}


def test_letter_raises_a_reprisal_only_by_agreement_and_takes_a_rung(letter, officer):
    reprisal = services.flag_from_letter(letter, act="threat", actor="state", by=officer)
    other = Letter.objects.create(kind="UA", country=letter.country, sent_on=date(2021, 7, 1))
    with pytest.raises(StepRefused, match="have not agreed"):
        services.raise_by_letter(other, reprisal=reprisal, by=officer)
    Reprisal.objects.update(confidential="yes")
    services.raise_by_letter(other, reprisal=Reprisal.objects.get(), by=officer)
    assert reprisal.steps.get().rung == "communication"
    counts = [row.counts[0] for row in figures.of_year(2021, whole=True).rows]
    assert counts == [1, 1, 1, 0, 0]
    assert figures.of_year(2021, whole=False).rows[0].counts == ["fewer than 5"]


def test_reprisal_flagged_from_a_case_is_joined_to_it_by_sealed_words_alone(new_case, desk):  # noqa: F811
    case = new_case()
    reprisal = services.flag_from_case(case, act="threat", actor="state", note="Calls at night.", unlocked=desk)
    notes = [item.content["text"] for item in opening.read_case(case, unlocked=desk).of(Kind.NOTE)]
    assert notes == ["Reprisal 2021-1. Calls at night."]
    assert "Calls at night" not in str(Reprisal.objects.values())
    assert case.ref not in str([*Reprisal.objects.values(), *Deadline.objects.values()])
    assert reprisal.cooperation_url == ""


def test_page_of_a_letter_flags_and_shows_its_reprisals(as_user, officer, assistant, letter):
    page = f"/admin/communications/letter/{letter.pk}/"
    response = as_user(officer).post(f"{page}reprisal/", {"act": "threat", "actor": "state"})
    assert response.status_code == 302
    assert "Reprisal 2021-1" in as_user(officer).get(f"{page}change/").content.decode()
    assert as_user(assistant).post(f"{page}reprisal/").status_code == 403
