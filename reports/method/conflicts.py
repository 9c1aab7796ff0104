"""Work that collides: two drafts in one fortnight. Themes without a slot stand in `agenda`, visits in the site."""

from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from iesogi.deadlines.clock import short
from reports.enums import OUT, Stage
from reports.models import Milestone, Report

FORTNIGHT = timedelta(days=14)


class Clash(NamedTuple):
    """Two drafts that are due within a fortnight of each other, the earlier one first."""

    first: Milestone
    second: Milestone

    @property
    def in_words(self) -> str:
        return _("Two drafts in one fortnight: %(first)s on %(day)s and %(second)s on %(other_day)s.") % {
            "first": self.first.report,
            "day": short(self.first.deadline.due_on),
            "second": self.second.report,
            "other_day": short(self.second.deadline.due_on),
        }


def _drafts():
    drafts = Milestone.objects.open().with_deadlines().filter(stage=Stage.DRAFTING).exclude(report__state__in=OUT)
    return drafts.order_by("deadline__due_on", "pk")


def drafts_in_one_fortnight() -> list[Clash]:
    """Neighbours in time; one query."""
    return [Clash(*pair) for pair in pairwise(_drafts()) if _near(*(each.deadline.due_on for each in pair))]


def drafts_near(day: date, *, but: Report) -> list[str]:
    """What a draft due on that day would collide with, in sentences; asked before a plan is saved."""
    return [
        _("The draft of %(report)s is due on %(day)s, within a fortnight of this one.")
        % {"report": other.report, "day": short(other.deadline.due_on)}
        for other in _drafts().exclude(report=but)
        if _near(day, other.deadline.due_on)
    ]


def _near(one: date, other: date) -> bool:
    return abs(other - one) < FORTNIGHT
