"""Full-text search in an open vault."""

import pytest

from communications.cases.enums import CaseState
from communications.cases.models import Case
from communications.desk import search, writing
from communications.exceptions import StepRefused
from iesogi.vault.enums import Kind
from iesogi.vault.models import SealedRecord
from tests.communications.desk.conftest import last_entry, text_of, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["CAFE", "café", "at  night", "Caf\u0065\u0301"])
def test_search_minds_neither_capitals_nor_accents(desk, case, words):
    found = search.search(words, unlocked=desk)
    assert [hit.case for hit in found.hits] == [case]
    assert (found.searched, found.damaged) == (1, 0)


def test_search_cuts_out_the_place_as_it_was_written(desk, new_case):
    new_case(account="ﬁrst " + "é" * 80 + " the Größe of it " + "x" * 200)
    before, at, after = search.search("grosse", unlocked=desk).hits[0].snippet
    assert (at, before[-5:], after[:6]) == ("Größe", " the ", " of it")
    assert before.startswith("…")
    assert after.endswith("…")


def test_search_finds_notes_and_passes_ended_and_damaged_cases_by(desk, case, new_case):
    writing.add_note(case, text="An unusual wombat.", unlocked=desk)
    broken, ended = new_case(account="wombat"), new_case(account="wombat")
    SealedRecord.objects.filter(compartment=broken.content_id).update(mark=bytes(32))
    Case.objects.filter(pk=ended.pk).update(state=CaseState.CLOSED)
    found = search.search("wombat", unlocked=desk)
    assert [(hit.case, hit.kind) for hit in found.hits] == [(case, Kind.NOTE)]
    assert found.damaged == 1


@pytest.mark.parametrize("words", ["a", "x" * 201])
def test_search_for_too_little_or_too_much_is_refused(desk, case, words):
    with pytest.raises(StepRefused, match="between 2 and 200"):
        search.search(words, unlocked=desk)


def test_search_leaves_its_words_nowhere(enter, desk, case):
    response = enter(desk).post(url("search"), {"words": "night"})
    assert "<mark>night</mark>" in text_of(response)
    assert last_entry("cases.searched").data == {"searched": 1, "hits": 1}
