"""The parser of reference numbers: what is printed comes back, and nothing that is pasted makes it fall."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from communications.references import MalformedReferenceError, Reference, parse

CODES = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
KINDS = st.sampled_from([("", False), *((kind, joint) for kind in ("UA", "AL", "OL") for joint in (True, False))])
REFERENCES = st.builds(
    lambda kind, country, number, year: Reference(*kind, country, number, year),
    KINDS,
    CODES,
    st.integers(1, 9999),
    st.integers(1900, 2099),
)
SPACES = st.text(alphabet=" \t\n\r\u00a0\u2009\u3000\u200b\u200e\u200f\u202b\u2066\ufeff", max_size=4)
JUNK = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("AL KAZ/20192\x00\u200f\uff12\u0662²ßıİ")))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("AL POL 1/2020", ("AL", False, "POL", 1, 2020)),
        ("KAZ 2/2019", ("", False, "KAZ", 2, 2019)),
        ("kaz2/2019", ("", False, "KAZ", 2, 2019)),
        ("JUA EGY 04 / 2019", ("UA", True, "EGY", 4, 2019)),
        ("ualkaz 2/2019", None),
        ("alkaz2/2019", ("AL", False, "KAZ", 2, 2019)),
        ("ALB 2/2019", ("", False, "ALB", 2, 2019)),
        ("AL ALB 2/2019", ("AL", False, "ALB", 2, 2019)),
        ("OL OTH 35/2021", ("OL", False, "OTH", 35, 2021)),
        ("\u200fKAZ\u00a0２／２０１９\u200e", ("", False, "KAZ", 2, 2019)),
    ],
)
def test_parse_reads_printed_forms(text, parts):
    if parts is None:
        with pytest.raises(MalformedReferenceError):
            parse(text)
    else:
        assert tuple(parse(text)) == parts


@given(REFERENCES)
def test_parse_reads_back_what_is_printed(reference):
    assert parse(str(reference)) == reference
    assert parse(str(reference).lower()) == reference


@given(REFERENCES, SPACES, SPACES, SPACES, SPACES)
def test_parse_ignores_spacing_and_direction_marks(reference, before, inside, around, after):
    prefix = f"{'J' if reference.joint else ''}{reference.kind}"
    text = f"{before}{prefix}{inside}{reference.country}{around}{reference.number}{inside}/{around}{reference.year}"
    assert parse(text + after) == reference


@given(JUNK)
def test_parse_answers_junk_with_a_sentence(text):
    sentence = ""
    try:
        reference = parse(text)
    except MalformedReferenceError as error:
        sentence = str(error)
    else:
        assert parse(str(reference)) == reference
    assert not sentence or "is not a reference number" in sentence
    assert "\x00" not in sentence


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\x00",
        "KAZ",
        "KAZ 2",
        "KAZ /2019",
        "KAZ 0/2019",
        "KAZ 2/19",
        "KAZ 2/20190",
        "KAZ 12345/2019",
        "KA 2/2019",
        "KAZA 2/2019",
        "XX KAZ 2/2019",
        "KAZ -2/2019",
        "KAZ 2.5/2019",
        "KAZ ٢/٢٠١٩",
        "KAZ 2/2019; DROP TABLE",
        "AL POL 1/2020 and AL POL 2/2020",
    ],
)
def test_parse_refuses_malformed_references(text):
    with pytest.raises(MalformedReferenceError, match="for example AL POL 1/2020 or KAZ 2/2019"):
        parse(text)


def test_refusal_repeats_only_the_beginning_of_a_long_text():
    with pytest.raises(MalformedReferenceError) as refused:
        parse("K" * 5000)
    assert len(str(refused.value)) < 300


def test_parse_does_not_depend_on_the_language_of_the_page():
    with translation.override("ar"):
        assert str(parse("al pol 1/2020")) == "AL POL 1/2020"
