"""What a source said of consent counts once the case is read; a no that cannot be read is no yes."""

from secrets import token_hex

import pytest

from communications.cases.enums import CaseState, Consent, Use
from communications.cases.models import Case
from communications.desk import bonds, opening
from communications.thread import services as thread
from iesogi.deadlines.models import Deadline
from iesogi.vault import intake
from iesogi.vault.enums import Kind
from iesogi.vault.models import SealedRecord
from tests.communications.desk.conftest import AT, url

pytestmark = pytest.mark.django_db


def say(case, answer, *, use=Use.LETTER):
    source = intake.open_by_number(case.number)
    thread.answer(source, once=token_hex(16), code="A", answers={use: answer}, words="", at=AT)
    return fresh(case)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_yes_of_the_source_counts_when_it_was_read(desk, new_case):
    case = new_case(consent=dict.fromkeys(Use.values, Consent.NOT_ASKED.value))
    assert not say(case, Consent.YES).agrees_to_letter
    opening.read_case(fresh(case), unlocked=desk)
    assert fresh(case).agrees_to_letter


def test_reading_a_narrower_consent_raises_the_task_at_once(enter, desk, case):
    Case.objects.update(state=CaseState.TAKEN_UP)
    say(case, Consent.NO, use=Use.IN_PRESS)
    assert not Deadline.objects.exists()
    page = enter(desk).get(url("open", case.pk)).content.decode()
    assert "took back or narrowed a consent" in page
    assert fresh(case).consent_task.title == "A confidential task is due"


def test_damaged_line_of_the_ledger_opens_nothing(desk, case):
    say(case, Consent.NO)
    SealedRecord.objects.filter(kind=Kind.CONSENT).update(mark=bytes(32))
    say(case, Consent.YES, use=Use.IN_PRESS)
    opening.read_case(fresh(case), unlocked=desk)
    assert not fresh(case).agrees_to_letter


def test_who_withdrew_in_a_merged_case_withdrew_in_the_other(desk, case, new_case):
    other = new_case()
    for each in (case, other):
        Case.objects.filter(pk=each.pk).update(state=CaseState.UNDER_REVIEW)
    bonds.merge(case, ref=other.ref, reason="One matter.", unlocked=desk)
    thread.withdraw(intake.open_by_number(case.number), once="0" * 32, code="*", words="", at=AT)
    say(other, Consent.YES)
    opening.read_case(fresh(other), unlocked=desk)
    assert (fresh(other).agrees_to_letter, fresh(other).consent_withdrawn) == (False, True)
