"""Answers that travel with the page: back whole, or not at all."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iesogi.vault import drafts, tokens
from iesogi.vault.exceptions import DraftLost, DraftTooLong, TokenRefused
from tests.vault.conftest import AT

JSON = st.recursive(
    st.none() | st.booleans() | st.text(st.characters(), max_size=40),
    lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=8), each, max_size=4),
)


@settings(max_examples=60, deadline=None)
@given(JSON)
def test_answers_come_back_as_they_were(answers):
    assert drafts.unseal(drafts.seal(answers, now=AT), now=AT) == answers


def test_page_does_not_show_earlier_answers():
    text = drafts.seal({"account": "They came at night."}, now=AT)
    assert "night" not in text
    assert text != drafts.seal({"account": "They came at night."}, now=AT)


def test_short_answers_have_one_length():
    assert len(drafts.seal({}, now=AT)) == len(drafts.seal({"account": "They came at night."}, now=AT))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_other_text_is_no_draft(text):
    with pytest.raises(DraftLost, match="What you typed here is kept"):
        drafts.unseal(text, now=AT)


@pytest.mark.parametrize("place", [0, 30, 500, -3])
def test_changed_draft_is_refused(place):
    text = drafts.seal({"account": "They came at night."}, now=AT)
    other = "A" if text[place] != "A" else "B"
    with pytest.raises(DraftLost):
        drafts.unseal(text[:place] + other + text[place:][1:], now=AT)


def test_draft_outlives_the_form_token_but_not_for_long():
    text = drafts.seal(1, now=AT)
    assert drafts.unseal(text, now=AT + tokens.TOKEN_LASTS + timedelta(hours=1)) == 1
    with pytest.raises(DraftLost, match="36 hours"):
        drafts.unseal(text, now=AT + drafts.DRAFT_LASTS + timedelta(seconds=1))


def test_draft_and_token_do_not_stand_for_each_other():
    with pytest.raises(DraftLost):
        drafts.unseal(tokens.new_token(now=AT), now=AT)
    with pytest.raises(TokenRefused):
        tokens.read_token(drafts.seal(1, now=AT), now=AT + timedelta(minutes=1))


def test_too_much_is_said_before_it_is_lost():
    with pytest.raises(DraftTooLong, match="send it as a file"):
        drafts.seal({"account": [str(number) for number in range(400_000)]}, now=AT)
