"""Codes that people read to each other: no letter or digit that is taken for another one."""

import secrets

ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LETTERS = 10


def random_letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _each in range(count))


def new_code() -> str:
    """Of a late link: 45 bits, so nobody guesses one through a form that takes a few tries a minute."""
    return random_letters(LETTERS)


def as_typed(code: str) -> str:
    """Small letters, spaces and hyphens are how people copy a code."""
    return "".join(code.split()).replace("-", "").upper()[:20]
