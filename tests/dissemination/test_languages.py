import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dissemination.languages import names_of, parse_languages, validate_language, validate_languages

CODES = ["es", "en", "fr", "pt", "ru", "id", "ar", "zh", "sw"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", []),
        (" , ,", []),
        ("es, en", ["es", "en"]),
        ("ES;en", ["es", "en"]),
        ("Spanish, english, es", ["es", "en"]),
        ("es، ar", ["es", "ar"]),
    ],
)
def test_parse_takes_codes_and_names_each_once(text, codes):
    assert parse_languages(text) == codes


def test_parse_takes_names_in_the_language_of_the_page():
    with translation.override("fr"):
        assert parse_languages("espagnol, English") == ["es", "en"]
        assert names_of(["es", "id"]) == "espagnol, indonésien"


@given(st.lists(st.sampled_from(CODES), unique=True))
def test_parse_reads_back_what_is_shown(codes):
    assert parse_languages(", ".join(codes)) == codes
    assert parse_languages(names_of(codes)) == codes


@given(st.text())
def test_parse_answers_junk_with_a_sentence(text):
    sentence = ""
    try:
        assert isinstance(parse_languages(text), list)
    except ValidationError as error:
        sentence = error.messages[0]
    assert not sentence or "is not the code of a language" in sentence


@pytest.mark.parametrize("value", ["es", [["es"]], [None], ["xx-unknown"], {"es": 1}, None, [{}]])
def test_only_a_list_of_known_codes_is_stored(value):
    with pytest.raises(ValidationError):
        validate_languages(value)


@pytest.mark.parametrize("code", ["", "xyz1", "EN", None, 5])
def test_unknown_code_is_refused(code):
    with pytest.raises(ValidationError, match="is not the code of a language"):
        validate_language(code)


def test_name_of_a_code_nobody_knows_is_the_code():
    assert names_of(["qqq"]) == "qqq"
