"""Official reference numbers of letters: `AL POL 1/2020`, also without the type (domain.md 1.6, R8).

The number runs per State and year over all types and all mandates, so this portal records it and never allocates
it. Its year may differ from the year of the letter's date: AL POL 1/2020 is dated 20 January 2021.
"""

import re
import unicodedata
from typing import NamedTuple

from django.utils.translation import gettext as _

PATTERN = re.compile(r"(?:(J?(?:UA|AL|OL))\s*)?([A-Z]{3})\s*(\d{1,4})\s*/\s*((?:19|20)\d{2})", re.ASCII)


class MalformedReferenceError(ValueError):
    """The text is not a reference number; the message says how one looks."""


class Reference(NamedTuple):
    kind: str  # "UA", "AL", "OL", or "" when printed without it
    joint: bool  # the older prefix J: JUA, JAL, JOL
    country: str  # ISO alpha-3, or another code such as OTH for addressees that are no State
    number: int
    year: int

    def __str__(self) -> str:
        prefix = f"{'J' if self.joint else ''}{self.kind} " if self.kind else ""
        return f"{prefix}{self.country} {self.number}/{self.year}"


def parse(text: str) -> Reference:
    """Read a reference in any spacing and case. Raises MalformedReferenceError with a sentence to show."""
    plain = _plain(text)
    match = PATTERN.fullmatch(plain.upper())
    if not match or not int(match[3]):
        raise MalformedReferenceError(
            _(
                "“%(text)s” is not a reference number. Write the type if it is known, the three letters of the State, "
                "the number, a slash and the year, for example AL POL 1/2020 or KAZ 2/2019."
            )
            % {"text": plain[:60]}
        )
    prefix = match[1] or ""
    return Reference(
        kind=prefix.removeprefix("J"),
        joint=prefix.startswith("J"),
        country=match[2],
        number=int(match[3]),
        year=int(match[4]),
    )


def _plain(text: str) -> str:
    """What a reader sees of pasted text: direction marks and zero-width signs go, full-width forms become plain."""
    seen = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) not in {"Cf", "Cs"})
    spaced = (" " if unicodedata.category(sign) == "Cc" else sign for sign in seen)
    return " ".join("".join(spaced).split())
