"""Backward planning: when every step has to start at the latest so that the last one ends in time. Pure.

`back(end_on, steps, holidays)` works like this:
- a step follows the one before it in the list, unless `after` names others (an empty tuple: it may start at once);
- the last steps must end on `end_on`; every other one must end when the first of those after it has to start;
- `latest_start` is the last day from which the duration still ends in time, counted as `due` counts it;
- with `start_on` (the day work can begin) each step also has an `earliest_start`, and `float_days` is the calendar
  days between the two: 0 is critical, a negative number is already late by that much;
- with `roll="previous"` a latest start on a weekend or holiday moves back to a working day, and all before it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iesogi.deadlines.clock.rules import ONE_DAY, Holidays, Rule, due, in_words, is_working
from iesogi.deadlines.exceptions import ClockRefused


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    label: str
    number: int
    unit: str = "days"
    after: tuple[str, ...] | None = None

    @property
    def rule(self) -> Rule:
        return Rule(self.unit, self.number)


@dataclass(frozen=True, slots=True)
class Planned:
    step: Step
    latest_start: date
    due_on: date
    earliest_start: date | None
    float_days: int | None
    explanation: str


def back(
    end_on: date,
    steps: Sequence[Step],
    holidays: Holidays,
    *,
    start_on: date | None = None,
    roll: str = "none",
) -> list[Planned]:
    """The steps in their given order, each with its dates. `end_on` itself is never moved."""
    before = _predecessors(steps)
    in_order = _topological(steps, before)
    due_on, latest = _backward(end_on, in_order, before, holidays, roll)
    earliest = _forward(start_on, in_order, before, holidays) if start_on else {}
    return [
        Planned(
            step=step,
            latest_start=latest[step.code],
            due_on=due_on[step.code],
            earliest_start=earliest.get(step.code),
            float_days=(latest[step.code] - earliest[step.code]).days if start_on else None,
            explanation=_explain(step, latest[step.code], due_on[step.code]),
        )
        for step in steps
    ]


def _predecessors(steps: Sequence[Step]) -> dict[str, tuple[str, ...]]:
    codes = [step.code for step in steps]
    before = {}
    for position, step in enumerate(steps):
        previous = (codes[position - 1],) if position else ()
        before[step.code] = previous if step.after is None else step.after
    unknown = sorted({code for after in before.values() for code in after} - set(codes))
    if unknown or len(before) != len(codes):
        raise ClockRefused(
            _("The plan names steps that it does not hold, or one step twice: %(codes)s.")
            % {"codes": ", ".join(unknown or sorted(code for code in before if codes.count(code) > 1))}
        )
    return before


def _topological(steps: Sequence[Step], before: dict[str, tuple[str, ...]]) -> list[Step]:
    done, ordered, left = set(), [], list(steps)
    while left:
        free = [step for step in left if done.issuperset(before[step.code])]
        if not free:
            raise ClockRefused(
                _("These steps wait for each other in a circle: %(codes)s. Take one arrow away.")
                % {"codes": ", ".join(step.code for step in left)}
            )
        ordered += free
        done |= {step.code for step in free}
        left = [step for step in left if step.code not in done]
    return ordered


def _backward(end_on, in_order, before, holidays, roll):
    due_on, latest = {}, {}
    for step in reversed(in_order):
        ends = [latest[code] for code in latest if step.code in before[code]]
        due_on[step.code] = min(ends, default=end_on)
        start = latest_start(step.rule, due_on[step.code], holidays)
        latest[step.code] = start if roll == "none" else _working_day_until(start, holidays)
    return due_on, latest


def _forward(start_on, in_order, before, holidays):
    starts, ends = {}, {}
    for step in in_order:
        starts[step.code] = max((ends[code] for code in before[step.code]), default=start_on)
        ends[step.code] = due(step.rule, starts[step.code], holidays).date
    return starts


def latest_start(rule: Rule, end_on: date, holidays: Holidays) -> date:
    """The last day from which the rule ends on `end_on` or before; for working days a working day."""
    try:
        if rule.unit == "working_days":
            return _working_days_before(end_on, rule.number, holidays)
        day = end_on - (ONE_DAY * rule.number if rule.unit == "days" else relativedelta(months=rule.number))
        while due(rule, day + ONE_DAY, holidays).date <= end_on:  # several days share a clamped month end
            day += ONE_DAY
    except (OverflowError, ValueError) as error:
        raise ClockRefused(_("The plan would begin before the year 1. Check the durations.")) from error
    return day


def _working_days_before(day: date, number: int, holidays: Holidays) -> date:
    day = _working_day_until(day, holidays)
    for _one in range(number):
        day = _working_day_until(day - ONE_DAY, holidays)
    return day


def _working_day_until(day: date, holidays: Holidays) -> date:
    while not is_working(day, holidays):
        day -= ONE_DAY
    return day


def _explain(step: Step, start: date, end: date) -> str:
    words = {"step": step.label, "number": step.number, "end": in_words(end), "start": in_words(start)}
    match step.unit:
        case "working_days":
            return (
                ngettext(
                    "%(step)s takes %(number)d working day and must end by %(end)s, so it starts by %(start)s.",
                    "%(step)s takes %(number)d working days and must end by %(end)s, so it starts by %(start)s.",
                    step.number,
                )
                % words
            )
        case "months":
            return (
                ngettext(
                    "%(step)s takes %(number)d month and must end by %(end)s, so it starts by %(start)s.",
                    "%(step)s takes %(number)d months and must end by %(end)s, so it starts by %(start)s.",
                    step.number,
                )
                % words
            )
    return (
        ngettext(
            "%(step)s takes %(number)d day and must end by %(end)s, so it starts by %(start)s.",
            "%(step)s takes %(number)d days and must end by %(end)s, so it starts by %(start)s.",
            step.number,
        )
        % words
    )
