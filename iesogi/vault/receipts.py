"""The number that a reporter keeps: 23 random digits and a check digit (ISO 7064 mod 11,10), six groups of four.

The check digit tells a slip of the finger without any work and without a word on whether the case exists.
"""

import secrets
import unicodedata

from django.utils.translation import gettext as _

from iesogi.vault.exceptions import NumberRefused

DIGITS, GROUP = 24, 4
# Spaces of all kinds, dashes, and the invisible marks that come along when right-to-left text is copied.
BETWEEN = {"Zs", "Zl", "Zp", "Pd", "Cf", "Cc"}


def check_digit(digits: str) -> str:
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def new_number() -> str:
    digits = "".join(secrets.choice("0123456789") for _each in range(DIGITS - 1))
    return digits + check_digit(digits)


def grouped(number: str) -> str:
    return " ".join(number[start : start + GROUP] for start in range(0, DIGITS, GROUP))


def digits_in(typed: str) -> str:
    """Western digits from whatever script and separators a person types; anything else is refused."""
    found = []
    for character in typed:
        value = unicodedata.digit(character, None)
        if value is not None:
            found.append(str(value))
        elif unicodedata.category(character) not in BETWEEN:
            raise NumberRefused(_("The number has digits only. Check what you typed and try again."))
    return "".join(found)


def read_number(typed: str) -> str:
    digits = digits_in(typed)
    if len(digits) != DIGITS:
        raise NumberRefused(
            _("The number has 24 digits and you typed %(count)s. Check it and try again.") % {"count": len(digits)}
        )
    if check_digit(digits[:-1]) != digits[-1]:
        raise NumberRefused(_("One or more digits are mistyped. Compare them with what you wrote down."))
    return digits


def ends_with(number: str, typed: str) -> bool:
    """Whether the last group was typed again rightly, which shows that the number was written down."""
    try:
        return digits_in(typed) == number[-GROUP:]
    except NumberRefused:
        return False
