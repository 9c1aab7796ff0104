"""What somebody has typed so far, as typed. It travels sealed in the page and is judged again only as a whole.

One person is one row, whatever page asks: the page of victims, of consent and of names each fill in a facet of it.
"""

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from communications.cases.enums import Consent, Matter, Timing
from iesogi.vault import drafts

PEOPLE, PERPETRATORS = "people", "perpetrators"
MOST_ROWS = 20
URGENT = {Timing.ONGOING, Timing.IMMINENT}
NOTHING = {None, "", False, Consent.NOT_ASKED.value}
Row = dict[str, Any]


@dataclass
class Draft:
    """`token` names the case that this will become; `wrong` are the pages that were left with an error."""

    token: str = ""
    answers: dict[str, Row] = field(default_factory=dict, repr=False)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {PEOPLE: [], PERPETRATORS: []}, repr=False)
    table: list[Row] = field(default_factory=list, repr=False)
    wrong: list[str] = field(default_factory=list)

    def sealed(self, *, now: datetime) -> str:
        return drafts.seal(asdict(self), now=now)

    @classmethod
    def unsealed(cls, text: str, *, now: datetime) -> "Draft":
        """A field that an older or newer version of the portal put in is left out, and the rest is kept."""
        found = drafts.unseal(text, now=now)
        return cls(**{each.name: found[each.name] for each in fields(cls) if each.name in found})

    def said(self, step: str, name: str) -> str:
        return str(self.answers.get(step, {}).get(name) or "").strip()

    @property
    def matter(self) -> Matter:
        try:
            return Matter(self.said("matter", "matter"))
        except ValueError:
            return Matter.INDIVIDUAL

    @property
    def has_group(self) -> bool:
        return self.matter in {Matter.GROUP, Matter.PATTERN}

    @property
    def tells_of_group(self) -> bool:
        return self.has_group and bool(self.said("victims", "number") or self.said("victims", "description"))

    @property
    def has_people(self) -> bool:
        """A law or a policy is reported without naming anybody."""
        return self.matter != Matter.LAW

    @property
    def is_urgent(self) -> bool:
        return self.said("facts", "timing") in URGENT

    @property
    def account(self) -> str:
        return self.said("facts", "account")

    def people(self) -> list[tuple[str, Row]]:
        """Code and answers of everybody of whom something is said, those of the table after those of the pages."""
        if not self.has_people:
            return []
        everybody = [*self.rows[PEOPLE], *self.table]
        return [(code_of(number), row) for number, row in enumerate(everybody) if not is_blank(row)]

    def take_table(self, rows: list[Row]) -> None:
        """Its first person is A, unless the pages speak of somebody already."""
        self.table = rows
        if all(is_blank(row) for row in self.rows[PEOPLE]):
            self.rows[PEOPLE] = []

    def perpetrators(self) -> list[Row]:
        return [row for row in self.rows[PERPETRATORS] if not is_blank(row)]


def is_blank(row: Row) -> bool:
    return all(value == [] or (not isinstance(value, list) and value in NOTHING) for value in row.values())


def code_of(number: int) -> str:
    """A, B ... Z, AA, AB: what the story calls a person."""
    code = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        code = chr(ord("A") + letter) + code
    return code
