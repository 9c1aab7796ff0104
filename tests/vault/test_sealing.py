"""Whatever is sealed comes back exactly, or is refused: property tests, and every kind of tampering."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iesogi.vault import sealing
from iesogi.vault.exceptions import Damaged, VaultRefused
from iesogi.vault.sealing import CHUNK

KEY, OTHER = b"k" * 32, b"o" * 32
few = settings(max_examples=40, deadline=None)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)


@st.composite
def change(draw, data):
    """Cut, lengthened, or with one bit flipped."""
    kind = draw(st.sampled_from(["cut", "longer", "flip"]))
    if kind == "cut":
        return data[: draw(st.integers(0, len(data) - 1))]
    if kind == "longer":
        return data + draw(st.binary(min_size=1, max_size=9))
    place = draw(st.integers(0, len(data) - 1))
    return data[:place] + bytes([data[place] ^ 1 << draw(st.integers(0, 7))]) + data[place + 1 :]


@few
@given(st.binary(max_size=96), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_grant_opens_with_its_private_half_in_its_place(key, where):
    pair = sealing.new_pair()
    assert sealing.open_grant(pair.private, where, sealing.grant(pair.public, where, key)) == key


@few
@given(st.data())
def test_changed_grant_is_refused(data):
    pair = sealing.new_pair()
    changed = data.draw(change(sealing.grant(pair.public, "compartment|1|cases|3", KEY)))
    with pytest.raises(Damaged):
        sealing.open_grant(pair.private, "compartment|1|cases|3", changed)


def test_grant_moved_to_another_row_is_refused():
    pair = sealing.new_pair()
    sealed = sealing.grant(pair.public, "compartment|1|cases|3", KEY)
    for elsewhere in ("compartment|2|cases|3", "compartment|1|cases|4", "compartment|1|identity|3"):
        with pytest.raises(Damaged, match="another place"):
            sealing.open_grant(pair.private, elsewhere, sealed)


def test_grant_opens_for_nobody_else():
    pair, other = sealing.new_pair(), sealing.new_pair()
    with pytest.raises(Damaged):
        sealing.open_grant(other.private, "here", sealing.grant(pair.public, "here", KEY))


@few
@given(json_values)
def test_record_comes_back_exactly(content):
    assert sealing.open_record(KEY, sealing.seal_record(KEY, content, aad="a"), aad="a") == content


@few
@given(st.data())
def test_changed_record_is_refused(data):
    changed = data.draw(change(sealing.seal_record(KEY, {"story": "night"}, aad="a")))
    with pytest.raises(Damaged):
        sealing.open_record(KEY, changed, aad="a")


@pytest.mark.parametrize(("key", "aad"), [(OTHER, "a"), (KEY, "b")], ids=["other key", "other place"])
def test_record_moved_or_given_another_key_is_refused(key, aad):
    with pytest.raises(Damaged):
        sealing.open_record(key, sealing.seal_record(KEY, "text", aad="a"), aad=aad)


@pytest.mark.parametrize("content", ["\ud800", {"x": "a\udfff"}, float("nan"), {1, 2}])
def test_what_cannot_be_kept_is_refused_with_a_sentence(content):
    with pytest.raises(VaultRefused, match="cannot be kept"):
        sealing.seal_record(KEY, content, aad="a")


@pytest.mark.parametrize("length", [0, 1, 1023, 1024, 1025, 16383, 16384, 16385, 20479, 20480, 20481, 65536])
def test_padding_around_its_steps(length):
    padded = sealing.pad(b"x" * length)
    assert len(padded) % (1024 if length <= 16384 else 4096) == 0
    assert sealing.unpad(padded) == b"x" * length


@few
@given(st.integers(0, 60_000))
def test_any_length_is_padded_and_comes_back(length):
    padded = sealing.pad(bytes(length))
    assert len(padded) > length
    assert sealing.unpad(padded) == bytes(length)


def test_length_of_a_record_says_only_the_step():
    sizes = {len(sealing.seal_record(KEY, "x" * length, aad="a")) for length in range(0, 1000, 50)}
    assert len(sizes) == 1


def test_wrong_filling_is_refused():
    with pytest.raises(Damaged, match="filled up"):
        sealing.unpad(bytes(1024))


# --- Files ---


def sealed_file(data, *, pieces=1000, aad="r"):
    return b"".join(sealing.seal_stream(KEY, (data[at : at + pieces] for at in range(0, len(data), pieces)), aad=aad))


def opened_file(sealed, *, key=KEY, aad="r"):
    return b"".join(sealing.open_stream(key, io.BytesIO(sealed), aad=aad))


@pytest.mark.parametrize(
    "length", [0, 1, 2, 9, 1000, CHUNK - 9, CHUNK - 8, CHUNK - 7, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_001]
)
@pytest.mark.parametrize("pieces", [777, CHUNK, 300_000])
def test_file_comes_back_exactly(length, pieces):
    data = bytes(number % 251 for number in range(length))
    assert opened_file(sealed_file(data, pieces=pieces)) == data


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=3000).map(lambda piece: piece * 50), st.integers(1, 100_000))
def test_any_file_in_any_pieces_comes_back(data, pieces):
    assert opened_file(sealed_file(data, pieces=pieces)) == data


def tampered():
    block, header = CHUNK + 17, 24
    sealed = sealed_file(b"0123456789" * 30_000)
    one, two = sealed[header : header + block], sealed[header + block : header + 2 * block]
    rest = sealed[header + 2 * block :]
    return {
        "last block gone": sealed[: header + 2 * block],
        "cut inside a block": sealed[:-1],
        "block removed": sealed[:header] + one + rest,
        "blocks swapped": sealed[:header] + two + one + rest,
        "block said twice": sealed[:header] + one + one + two + rest,
        "something after the end": sealed + b"x",
        "a second end": sealed + sealed[header + block * (len(sealed) // block) :],
        "header alone": sealed[:header],
        "nothing": b"",
        "bit flipped": sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:],
    }


@pytest.mark.parametrize("sealed", tampered().values(), ids=tampered())
def test_tampered_file_gives_no_byte(sealed):
    with pytest.raises(Damaged):
        next(sealing.open_stream(KEY, io.BytesIO(sealed), aad="r"))


def test_file_of_another_record_or_key_is_refused():
    sealed = sealed_file(b"evidence" * 100)
    for key, aad in ((OTHER, "r"), (KEY, "s")):
        with pytest.raises(Damaged):
            opened_file(sealed, key=key, aad=aad)


def test_file_that_ends_whole_but_says_another_length_is_refused(monkeypatch):
    monkeypatch.setattr(sealing, "padme", lambda length: length + 1)
    sealed = sealed_file(b"x" * 100)
    monkeypatch.undo()
    with pytest.raises(Damaged, match="length"):
        opened_file(sealed)


def test_anything_after_a_last_block_of_full_length_is_refused(monkeypatch):
    """Padded sizes never end on a full block; a file that does is no reason to read on behind its end."""
    monkeypatch.setattr(sealing, "padme", lambda length: length)
    sealed = sealed_file(bytes(CHUNK - 8))
    assert opened_file(sealed) == bytes(CHUNK - 8)
    with pytest.raises(Damaged):
        opened_file(sealed + b"x")


def test_padme_adds_little_and_leaves_few_sizes():
    lengths = range(2, 50 * 1024**2, 9973)
    assert all(length <= sealing.padme(length) <= length * 1.12 for length in lengths)
    sizes, length = 0, 1
    while length <= 50 * 1024**2:
        sizes, length = sizes + 1, sealing.padme(length) + 1
    assert sizes == 478


# --- Keyed hashes, fingerprints, halves ---


def test_marks_tell_apart_what_only_joins_to_the_same_bytes():
    assert sealing.mark(KEY, "a", b"bc", b"d") != sealing.mark(KEY, "a", b"b", b"cd")
    assert sealing.mark(KEY, "a", b"b", b"c") != sealing.mark(OTHER, "a", b"b", b"c")


def test_keys_for_different_purposes_differ():
    made = {sealing.mark_key_of(KEY), sealing.answer_key_of(KEY), sealing.keyed(KEY, purpose="x"), KEY}
    assert len(made) == 4


def test_fingerprint_is_read_aloud_in_six_groups():
    groups = sealing.fingerprint(KEY).split(" ")
    assert [len(group) for group in groups] == [5] * 6
    assert sealing.fingerprint(KEY) != sealing.fingerprint(OTHER)


@few
@given(st.binary(min_size=32, max_size=32))
def test_halves_join_and_say_nothing_alone(private):
    first, second = sealing.split(private)
    assert sealing.joined(first, second) == private
    assert private not in (first, second)


def test_content_is_json_on_the_inside():
    padded = sealing.unseal(KEY, sealing.seal_record(KEY, {"é": 1}, aad="a"), aad="a")
    assert json.loads(sealing.unpad(padded)) == {"é": 1}
