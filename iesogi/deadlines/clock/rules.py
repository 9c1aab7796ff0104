"""How a due date follows from a rule, and the words for it. Pure: no database, no clock of its own.

The day of start is day zero: one day from Monday is Tuesday. Due dates are dates in Geneva, so no hour and no change
of the clock ever moves them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from iesogi.deadlines.exceptions import ClockRefused

Holidays = Mapping[date, str]

UNITS = ("days", "working_days", "months", "fixed")
ROLLS = ("none", "next", "previous")
# A hundred years: past any procedure, and short enough to count day by day.
LARGEST = {"days": 36_525, "working_days": 26_100, "months": 1200}
ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """So many units from the day of start. `on` is the date of a fixed rule; `roll` leads off a non-working day."""

    unit: str
    number: int = 0
    calendar: str = "geneva"
    roll: str = "none"
    on: date | None = None

    def __post_init__(self):
        if self.unit not in UNITS or self.roll not in ROLLS:
            raise ClockRefused(
                _("This rule cannot be read: its unit is one of %(units)s, and it rolls %(rolls)s.")
                % {"units": ", ".join(UNITS), "rolls": ", ".join(ROLLS)}
            )
        if self.unit == "fixed" and self.on is None:
            raise ClockRefused(_("A rule with a fixed date has to name that date."))
        if self.unit != "fixed" and not 0 <= self.number <= LARGEST[self.unit]:
            raise ClockRefused(
                _("A rule counts forward, by 0 up to %(largest)d; “%(number)s” is outside of that. "
                  "To count back from a date, use backward planning.")
                % {"largest": LARGEST[self.unit], "number": self.number}
            )  # fmt: skip

    def as_json(self) -> dict:
        stored = {"unit": self.unit, "number": self.number, "calendar": self.calendar, "roll": self.roll}
        return stored | ({"on": self.on.isoformat()} if self.on else {})

    @classmethod
    def from_json(cls, stored: Mapping) -> "Rule":
        on = stored.get("on")
        return cls(**{**stored, "on": date.fromisoformat(on) if on else None})


@dataclass(frozen=True, slots=True)
class Due:
    date: date
    explanation: str


def is_working(day: date, holidays: Holidays) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def in_words(day: date) -> str:
    """With its weekday, in the language of the page: Friday 2 July 2021."""
    return format_date(day, pgettext("date format", "l j F Y"))


def short(day: date) -> str:
    return format_date(day, pgettext("date format", "j F Y"))


def due(rule: Rule, start_on: date, holidays: Holidays) -> Due:
    """The date that follows from the rule, and why. Raises ClockRefused where none does."""
    try:
        counted = _count(rule, start_on, holidays)
        landed, reasons = _roll(rule.roll, counted, holidays)
    except OverflowError as error:
        raise ClockRefused(_("The due date would lie after the year 9999. Check the start and the rule.")) from error
    if landed < start_on:
        raise ClockRefused(
            _("The due date, %(due)s, would be before the day it is counted from, %(start)s. Check both dates.")
            % {"due": short(landed), "start": short(start_on)}
        )
    sentences = [_base_sentence(rule, start_on, counted), *_aside(rule, start_on, counted, holidays)]
    if landed != counted:
        sentences.append(_rolled_sentence(rule.roll, landed, reasons))
    sentences += _unknown_years(rule, start_on, landed, holidays)
    return Due(landed, " ".join(sentences))


def _count(rule: Rule, start_on: date, holidays: Holidays) -> date:
    match rule.unit:
        case "days":
            return start_on + timedelta(days=rule.number)
        case "working_days":
            return _working_days_after(start_on, rule.number, holidays)
        case "months":
            try:
                return start_on + relativedelta(months=rule.number)  # clamps to the last day of a shorter month
            except ValueError as error:
                raise OverflowError from error
    return rule.on


def _working_days_after(day: date, number: int, holidays: Holidays) -> date:
    while number:
        day += ONE_DAY
        number -= is_working(day, holidays)
    return day


def _roll(roll: str, day: date, holidays: Holidays) -> tuple[date, list[str]]:
    """Where the date lands, and a reason for each non-working day passed on the way."""
    step, reasons = {"none": 0, "next": 1, "previous": -1}[roll], []
    while step and not is_working(day, holidays):
        reasons.append(_why_off(day, holidays))
        day += step * ONE_DAY
    return day, reasons


def _why_off(day: date, holidays: Holidays) -> str:
    if day in holidays:
        return _("%(day)s is an official holiday (%(name)s)") % {"day": in_words(day), "name": _(holidays[day])}
    return _("%(day)s is a weekend day") % {"day": in_words(day)}


def _base_sentence(rule: Rule, start_on: date, counted: date) -> str:
    words = {"number": rule.number, "start": short(start_on), "due": in_words(counted)}
    match rule.unit:
        case "days":
            return (
                ngettext(
                    "%(number)d day from %(start)s is %(due)s.",
                    "%(number)d days from %(start)s is %(due)s.",
                    rule.number,
                )
                % words
            )
        case "working_days":
            return (
                ngettext(
                    "%(number)d working day from %(start)s is %(due)s.",
                    "%(number)d working days from %(start)s is %(due)s.",
                    rule.number,
                )
                % words
            )
        case "months":
            return (
                ngettext(
                    "%(number)d month from %(start)s is %(due)s.",
                    "%(number)d months from %(start)s is %(due)s.",
                    rule.number,
                )
                % words
            )
    return _("The date is fixed: %(due)s.") % words


def _aside(rule: Rule, start_on: date, counted: date, holidays: Holidays) -> list[str]:
    """What a reader who counts along would otherwise stumble over."""
    if rule.unit == "months" and counted.day != start_on.day:
        return [_("That month has no day %(day)d, so its last day counts.") % {"day": start_on.day}]
    if rule.unit == "working_days":
        left_out = [day for day in sorted(holidays) if start_on < day <= counted and day.weekday() < SATURDAY]
        if left_out:
            named = "; ".join(f"{_(holidays[day])}, {short(day)}" for day in left_out)
            return [_("Official holidays left out: %(holidays)s.") % {"holidays": named}]
    return []


def _rolled_sentence(roll: str, landed: date, reasons: list[str]) -> str:
    words = {"landed": in_words(landed), "because": "; ".join(reasons)}
    if roll == "next":
        return _("It is moved on to %(landed)s, because %(because)s.") % words
    return _("It is moved back to %(landed)s, because %(because)s.") % words


def _unknown_years(rule: Rule, start_on: date, landed: date, holidays: Holidays) -> list[str]:
    """Weekends are known for ever, holidays only as far as they are recorded; the sentence says where that ends."""
    if rule.unit != "working_days" and rule.roll == "none":
        return []
    first = start_on.year if rule.unit == "working_days" else landed.year
    known = {day.year for day in holidays}
    unknown = [str(year) for year in range(first, landed.year + 1) if year not in known]
    if not unknown:
        return []
    years = unknown[0] if len(unknown) == 1 else f"{unknown[0]}-{unknown[-1]}"
    return [_("No official holidays are recorded for %(years)s, so only weekends were left out.") % {"years": years}]
