"""How much room a plan leaves: when each step has to begin at the latest, and what is free before that."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iesogi.deadlines.clock import Holidays, is_working

ONE_DAY = timedelta(days=1)


class Slack(NamedTuple):
    """`free_days`: calendar days between the end of the step before and the latest start; below zero they overlap."""

    latest_start: date
    free_days: int
    is_first: bool = False

    @property
    def in_words(self) -> str:
        if self.is_first and self.free_days < 0:
            late = ngettext("had to begin %(days)d day ago", "had to begin %(days)d days ago", -self.free_days)
            return late % {"days": -self.free_days}
        if self.free_days > 0:
            return ngettext("%(days)d day", "%(days)d days", self.free_days) % {"days": self.free_days}
        if self.free_days == 0:
            return _("none")
        return ngettext(
            "overlaps the step before by %(days)d day", "overlaps the step before by %(days)d days", -self.free_days
        ) % {"days": -self.free_days}


def latest_start(due_on: date, work_days: int, holidays: Holidays) -> date:
    """The last day on which the work may begin: so many calendar days before it is due, on a working day."""
    day = due_on - timedelta(days=work_days)
    while work_days and not is_working(day, holidays):
        day -= ONE_DAY
    return day


class Work(NamedTuple):
    """One step: when it is due, how many days it takes, and how many days the method places it after the slot date."""

    due_on: date
    days: int
    place: int = 0


def slacks(steps: Sequence[Work], *, on: date, holidays: Holidays) -> list[Slack]:
    """One for each step; the first has what is left from `on`. On one day the method says which comes first."""
    ends = sorted({(step.due_on, step.place) for step in steps})
    found = []
    for step in steps:
        start = latest_start(step.due_on, step.days, holidays)
        before = max([due for due, place in ends if (due, place) < (step.due_on, step.place)], default=None)
        found.append(Slack(start, (start - (before or on)).days, is_first=before is None))
    return found
