import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iesogi.vault import receipts
from iesogi.vault.exceptions import NumberRefused

NUMBER = "794623551901234567890127"
NUMBER = NUMBER[:23] + receipts.check_digit(NUMBER[:23])
SCRIPTS = ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "０１２３４５６７８９"]


@pytest.mark.parametrize(("digits", "check"), [("0794", "5"), ("79462", "3"), ("00200667308", "5")])
def test_check_digit_of_known_numbers(digits, check):
    """The example of ISO 7064 itself, and two that other implementations are tested with."""
    assert receipts.check_digit(digits) == check


def test_new_numbers_are_well_formed_and_differ():
    made = {receipts.new_number() for _each in range(200)}
    assert len(made) == 200
    assert all(receipts.read_number(number) == number for number in made)


def test_grouped_in_fours():
    assert [len(group) for group in receipts.grouped(NUMBER).split(" ")] == [4] * 6


def test_every_single_slip_is_found():
    for place in range(24):
        for digit in set("0123456789") - {NUMBER[place]}:
            with pytest.raises(NumberRefused, match="mistyped"):
                receipts.read_number(NUMBER[:place] + digit + NUMBER[place + 1 :])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*SCRIPTS, "0123456789"]), min_size=24, max_size=24), st.data())
def test_any_digits_and_separators_are_read(scripts, data):
    between = st.text(st.sampled_from(" -\u00a0\u2011\u2013\u200f\u200e\t\n\u202f"), max_size=2)
    typed = "".join(data.draw(between) + script[int(digit)] for script, digit in zip(scripts, NUMBER, strict=True))
    assert receipts.read_number(typed) == NUMBER


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(typed):
    try:
        sentence = "Read." if len(receipts.read_number(typed)) == 24 else "?"
    except NumberRefused as refusal:
        sentence = str(refusal)
    assert sentence.endswith(".")


@pytest.mark.parametrize("typed", ["", "1234", NUMBER + "0", NUMBER[:-1]])
def test_wrong_length_is_told(typed):
    with pytest.raises(NumberRefused, match="24 digits"):
        receipts.read_number(typed)


def test_letters_are_told():
    with pytest.raises(NumberRefused, match="digits only"):
        receipts.read_number("O" + NUMBER[1:])


def test_last_group_shows_that_the_number_was_written_down():
    eastern = "".join(SCRIPTS[0][int(digit)] for digit in NUMBER[-4:])
    assert receipts.ends_with(NUMBER, f" {NUMBER[-4:]} ")
    assert receipts.ends_with(NUMBER, eastern)
    assert not receipts.ends_with(NUMBER, NUMBER[:4])
    assert not receipts.ends_with(NUMBER, "abcd")
