import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iesogi.vault import recovery
from iesogi.vault.exceptions import VaultRefused

PRIVATE = bytes(range(32))
HALF_A, HALF_B = recovery.write_halves(PRIVATE)


def test_halves_give_the_key_in_either_order():
    assert recovery.recovery_key(HALF_A, HALF_B) == recovery.recovery_key(HALF_B, HALF_A) == PRIVATE


def test_half_is_sixteen_groups_of_four():
    assert [len(group) for group in HALF_A.split(" ")] == [4] * 16


def test_half_is_read_as_people_type_it():
    typed = HALF_A.lower().replace(" ", "-").replace("o", "0").replace("b", "8")
    assert recovery.recovery_key(f"  {typed}\n", HALF_B) == PRIVATE


def test_two_copies_of_one_half_are_told():
    with pytest.raises(VaultRefused, match="two copies"):
        recovery.recovery_key(HALF_A, HALF_A)


def test_halves_of_two_ceremonies_are_told():
    _other_a, other_b = recovery.write_halves(bytes(32))
    with pytest.raises(VaultRefused, match="two different ceremonies"):
        recovery.recovery_key(HALF_A, other_b)


def test_halves_of_one_key_split_twice_do_not_mix():
    _again_a, again_b = recovery.write_halves(PRIVATE)
    with pytest.raises(VaultRefused, match="two different ceremonies"):
        recovery.recovery_key(HALF_A, again_b)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 63), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_every_slip_is_found(place, letter):
    text = HALF_A.replace(" ", "")
    typed = text[:place] + letter + text[place + 1 :]
    if typed != text:
        with pytest.raises(VaultRefused, match="mistyped"):
            recovery.recovery_key(typed, HALF_B)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_refused_with_a_sentence(typed):
    with pytest.raises(VaultRefused, match="mistyped"):
        recovery.recovery_key(typed, HALF_B)
