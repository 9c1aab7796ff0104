"""Posts by the day in Geneva on which they are planned."""

import re
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from dissemination.enums import DraftState
from iesogi.deadlines.days import today

GENEVA = ZoneInfo("Europe/Zurich")
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


def month_asked(text: str) -> date:
    """The first day of the month, such as 2021-05; of this month where nothing readable was asked for."""
    found = MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else today().replace(day=1)


def agenda(posts, first: date):
    """Pairs of day and posts for the month, then the drafts that have no day; three queries with the versions."""
    following = (first + timedelta(days=31)).replace(day=1)
    start, end = (datetime.combine(day, time(), GENEVA) for day in (first, following))
    planned = posts.planned_between(start, end).order_by("planned_at", "pk")
    days = [
        (day, list(rows)) for day, rows in groupby(planned, lambda post: post.planned_at.astimezone(GENEVA).date())
    ]
    open_ones = posts.filter(planned_at=None).exclude(state__in=[DraftState.OUT, DraftState.WITHDRAWN])
    return days, list(open_ones.order_by("pk"))
