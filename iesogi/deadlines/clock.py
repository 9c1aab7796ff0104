"""How a due date follows from a rule, and the words for it. Pure: no database, no clock of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Rule:
    """The day of start is day zero; `on` is the date of a fixed rule; `roll` leads off a non-working day."""

    unit: str
    number: int = 0
    calendar: str = "geneva"
    roll: str = "none"
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    date: date
    explanation: str


def due(rule: Rule, start_on: date, holidays: Mapping[date, str]) -> Due:
    raise NotImplementedError
