import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iesogi.accounts.models import User
from iesogi.vault import passphrases
from iesogi.vault.exceptions import VaultRefused

NADIA = User(username="nadia.haddad", first_name="Nadia", last_name="Haddad", email="n.haddad@example.org")


@pytest.mark.parametrize(
    "passphrase",
    [
        "seven quiet herons cross",
        "cat dog owl fox",  # short, but five words would do: this one is 15 characters
        "Zwölf Boxkämpfer jagen Viktor",
        "сем тихих цапель идут",
        "vK9#mQ2!xR7$pL4w",
        "the elk ate our hay",
    ],
)
def test_passphrases_that_are_taken(passphrase):
    if len(passphrase) < 16:
        passphrase += " elk"
    passphrases.check(passphrase, user=NADIA)


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("", "16 characters"),
        ("short and sweet", "16 characters"),
        ("elk elk elk elk", "16 characters"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeats itself"),
        ("herons! herons! herons! ", "repeats itself"),
        ("abcdefghijklmnopqrst", "known pattern"),
        ("0123456789876543210", "known pattern"),
        ("qwertyuiopasdfghjkl", "known pattern"),
        ("password123456789000", "known pattern"),
        ("nadia crosses the lake", "your name"),
        ("the Haddad family house", "your name"),
    ],
)
def test_weak_passphrases_are_refused_with_the_reason(passphrase, why):
    with pytest.raises(VaultRefused, match=why):
        passphrases.check(passphrase, user=NADIA)


def test_both_spellings_of_an_accent_are_one_passphrase():
    assert passphrases.normalised("Malm\u00f6") == passphrases.normalised("Malmo\u0308")


def test_half_a_character_is_refused_with_a_sentence():
    with pytest.raises(VaultRefused, match="cannot be kept"):
        passphrases.normalised("seven quiet herons \ud800")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=50))
def test_any_text_is_taken_or_refused_with_a_sentence(passphrase):
    try:
        passphrases.check(passphrase, user=NADIA)
        passphrases.normalised(passphrase)
    except VaultRefused as refusal:
        sentence = str(refusal)
    else:
        sentence = "Taken."
    assert sentence.endswith(".")
