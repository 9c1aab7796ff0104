"""Languages of events and posts as ISO 639 codes, typed as a list with commas and shown by name."""

import re
from functools import cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _


@cache
def _names(language: str) -> dict[str, str]:
    return {code: name for code, name in Locale(language).languages.items() if code.isalpha() and len(code) <= 3}


def _names_here() -> dict[str, str]:
    """Names in the language of the page."""
    return _names((get_language() or "en")[:2])


def name_of(code: str) -> str:
    return _names_here().get(code) or _names("en").get(code) or code


def names_of(codes: list[str]) -> str:
    return ", ".join(name_of(code) for code in codes)


def validate_language(code: str) -> None:
    if not isinstance(code, str) or code not in _names("en"):
        raise ValidationError(
            _("“%(code)s” is not the code of a language. Use two or three small letters, for example es for Spanish.")
            % {"code": str(code)[:40]}
        )


def validate_languages(codes: list[str]) -> None:
    if not isinstance(codes, list):
        raise ValidationError(_("Languages are a list of codes, for example es, en."))
    for code in codes:
        validate_language(code)


def parse_languages(text: str) -> list[str]:
    """Codes or names with commas between them, each language once, in the order given."""
    by_name = {name.casefold(): code for names in (_names("en"), _names_here()) for code, name in names.items()}
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    words = [word.strip().casefold() for word in re.split("[,;،]", plain)]
    codes = [by_name.get(word, word) for word in words if word]
    validate_languages(codes)
    return list(dict.fromkeys(codes))
