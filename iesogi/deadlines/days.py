"""Geneva's days and hours: due dates are dates there, mails leave at eight in the morning there."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

GENEVA = ZoneInfo("Europe/Zurich")
MORNING = time(8)


def day_of(instant: datetime) -> date:
    return timezone.localdate(instant, GENEVA)


def monday_of(instant: datetime) -> date:
    """Of the week there, for rows that shall not say on which day something came."""
    day = day_of(instant)
    return day - timedelta(days=day.weekday())


def today() -> date:
    return day_of(timezone.now())


def morning_of(day: date) -> datetime:
    """Eight o'clock there, in summer and in winter time alike; no clock change ever skips that hour."""
    return datetime.combine(day, MORNING, tzinfo=GENEVA)


def lateness(due_on: date, *, on: date) -> str:
    """In words, to stand beside the date: in 5 days, today, 12 days late."""
    days = (due_on - on).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
