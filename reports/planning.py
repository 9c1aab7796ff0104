"""Where the steps of the standard method fall when they are counted from a report's slot date, and why there."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iesogi.deadlines.clock import Holidays, in_words, is_working, short
from iesogi.deadlines.days import lateness, today
from iesogi.deadlines.services import holidays_of
from reports.enums import Stage
from reports.method.slack import Slack, Work, slacks
from reports.models import MethodStep, Milestone, Report

ONE_DAY = timedelta(days=1)
DAYS_A_WEEK = 7


class Change(StrEnum):
    NEW = "new"
    MOVES = "moves"
    STAYS = "stays"
    FINISHED = "finished"


class PlannedMilestone(NamedTuple):
    """One line of a plan, and what carrying it out would do."""

    step: MethodStep
    due_on: date
    explanation: str
    change: Change
    milestone: Milestone | None
    not_after: date | None
    slack: Slack

    @property
    def change_in_words(self) -> str:
        words = {
            Change.NEW: _("is opened"),
            Change.MOVES: _("moves from %(day)s"),
            Change.STAYS: _("stays as it is"),
            Change.FINISHED: _("is finished and stays"),
        }[self.change]
        if self.change is Change.MOVES:
            words %= {"day": short(self.milestone.deadline.due_on)}
        return f"{words}, {self.lateness}" if self.is_late else words

    @property
    def is_late(self) -> bool:
        """Its day has gone by before the work could begin: the plan is tighter than the method wants."""
        return self.change in {Change.NEW, Change.MOVES} and self.due_on < today()

    @property
    def lateness(self) -> str:
        return lateness(self.due_on, on=today())


class Landed(NamedTuple):
    date: date
    explanation: str


def plan(report: Report, *, slot_date: date, optional: Collection[str] = ()) -> list[PlannedMilestone]:
    """Every step with its date and its room. Optional steps only where named, or where the report has them already."""
    existing = {each.stage: each for each in report.milestones.select_related("deadline")}
    wanted = {*optional, *existing}
    holidays = holidays_of("geneva")
    steps = [step for step in MethodStep.objects.all() if not step.optional or step.stage in wanted]
    days = [step.days_for(report.forum) for step in steps]
    landed = [land(each, slot_date, holidays) for each in days]
    limits = [slot_date if each >= 0 else None for each in days]
    work = [
        Work(place.date, step.duration_days, -before) for step, place, before in zip(steps, landed, days, strict=True)
    ]
    room = slacks(work, on=today(), holidays=holidays)
    return [
        PlannedMilestone(
            step,
            place.date,
            place.explanation,
            _change(existing.get(step.stage), place.date, limit),
            existing.get(step.stage),
            limit,
            slack,
        )
        for step, place, limit, slack in zip(steps, landed, limits, room, strict=True)
    ]


def _change(milestone: Milestone | None, day: date, not_after: date | None) -> Change:
    if milestone is None:
        return Change.NEW
    if not milestone.deadline.is_open:
        return Change.FINISHED
    if not_after and milestone.deadline.due_on > not_after:
        return Change.MOVES
    # Held against the last plan, not the deadline: an extension is not taken back by planning again.
    return Change.STAYS if milestone.planned_on == day else Change.MOVES


def land(days_before: int, slot_date: date, holidays: Holidays) -> Landed:
    """The working day for a step: before the slot date never later than counted, after it never earlier.

    The slot date itself is set by document services, so it is never moved.
    """
    with translation.override(settings.LANGUAGE_CODE):  # stored with the deadline, so in the language of the source
        counted = slot_date - timedelta(days=days_before)
        if days_before == 0:
            return Landed(counted, _("The slot date, set by document services: %(day)s.") % {"day": in_words(counted)})
        day = counted
        while not is_working(day, holidays):
            day += -ONE_DAY if days_before > 0 else ONE_DAY
        sentences = [_counted(days_before, slot_date, counted)]
        if day != counted:
            sentences.append(_moved(counted, day, holidays))
        return Landed(day, " ".join(sentences))


def _counted(days_before: int, slot_date: date, counted: date) -> str:
    words = {"distance": _distance(abs(days_before)), "slot": short(slot_date), "day": in_words(counted)}
    if days_before > 0:
        return _("%(distance)s before the slot date of %(slot)s is %(day)s.") % words
    return _("%(distance)s after the slot date of %(slot)s is %(day)s.") % words


def _distance(days: int) -> str:
    weeks, rest = divmod(days, DAYS_A_WEEK)
    if rest:
        return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
    return ngettext("%(number)d week", "%(number)d weeks", weeks) % {"number": weeks}


def _moved(counted: date, day: date, holidays: Holidays) -> str:
    words = {"day": in_words(day), "holiday": holidays.get(counted, "")}
    if counted in holidays and day < counted:
        return _("That is an official holiday (%(holiday)s), so the step is due on %(day)s before it.") % words
    if counted in holidays:
        return _("That is an official holiday (%(holiday)s), so the step is due on %(day)s after it.") % words
    if day < counted:
        return _("That is no working day, so the step is due on %(day)s before it.") % words
    return _("That is no working day, so the step is due on %(day)s after it.") % words


def kind_of(stage: str) -> str:
    """Code of the kind of deadline, which says when its reminders go out."""
    return "report-slot" if stage == Stage.SUBMISSION else "report-milestone"
