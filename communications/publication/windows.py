"""Which report of all mandates to the Council a letter belongs to, from the day it was sent (domain.md 1.9, R10).

Three regular sessions a year. A letter of 1 June to 30 November is reported in March, one of 1 December to the end of
February in June, one of 1 March to 31 May in September. Replies are taken in for two months more. Both the windows and
the two months are settings: they are practice, not law.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# The thirty-fifth session was that of June 2017, and a year has three (domain.md 4.1).
JUNE_2017, SESSIONS_A_YEAR = 35, 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class Window:
    """`session` is the number of the Council's session; days are whole, both ends included."""

    session: int
    year: int
    month: int
    sent_from: date
    sent_to: date
    replies_from: date
    replies_to: date

    def __str__(self) -> str:
        month = date_format(date(self.year, self.month, 1), "F Y")
        return _("Session %(number)d of the Council, %(month)s") % {"number": self.session, "month": month}

    @property
    def opens_on(self) -> date:
        """The first day on which a letter of this window may be published."""
        return self.replies_to + ONE_DAY


def report_window(sent_on: date) -> Window:
    for month, first, last in settings.REPORT_WINDOWS:
        for year in (sent_on.year, sent_on.year + 1):
            window = _window(year, month, first, last)
            if window.sent_from <= sent_on <= window.sent_to:
                return window
    raise ValueError(f"No window of REPORT_WINDOWS holds {sent_on}.")


def report_session(sent_on: date) -> int:
    """The number of the Council's session to which a letter sent on that day is reported."""
    return report_window(sent_on).session


def reply_cutoff(sent_on: date) -> date:
    """The last day on which a reply still goes into the same report as its letter."""
    return report_window(sent_on).replies_to


def window_of(session: int) -> Window:
    """The window of one session, by its number."""
    year, place = divmod(session - JUNE_2017 + 1, SESSIONS_A_YEAR)
    month, first, last = sorted(settings.REPORT_WINDOWS)[place]
    return _window(2017 + year, month, first, last)


def early_day(kind: str, sent_on: date) -> date | None:
    """The first day on which a letter of this type may be public before its report; None where it waits for that.

    The hour of sending is not recorded, so the hours are counted from the end of that day.
    """
    hours = settings.EARLY_PUBLICATION_HOURS.get(kind)
    return None if hours is None else sent_on + ONE_DAY + timedelta(days=ceil(hours / 24))


def last_closed(*, on: date) -> Window:
    """The newest window whose replies are all in: what it holds may be proposed."""
    window = report_window(on)
    while window.opens_on > on:
        window = window_of(window.session - 1)
    return window


def _window(year: int, month: int, first: int, last: int) -> Window:
    """Months that lie after the session's own are those of the year before it."""
    sent_from = date(year - (first > month), first, 1)
    sent_to = _month_end(year - (last > month), last)
    cut_off = _cut_off(sent_to)
    before = _cut_off(sent_from - ONE_DAY)
    place = [each for each, _first, _last in sorted(settings.REPORT_WINDOWS)].index(month)
    session = JUNE_2017 - 1 + SESSIONS_A_YEAR * (year - 2017) + place
    return Window(session, year, month, sent_from, sent_to, before + ONE_DAY, cut_off)


def _cut_off(sent_to: date) -> date:
    later = sent_to + relativedelta(months=settings.REPLY_CUTOFF_MONTHS)
    return _month_end(later.year, later.month)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
