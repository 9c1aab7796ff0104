"""Times in the zone that a call states, with the zone beside them."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def validate_zone(name):
    if name not in known_zones():
        raise ValidationError(
            _("“%(zone)s” is no time zone. Write it as continent and city, for example Europe/Zurich.")
            % {"zone": name}
        )


def offset_in_words(instant: datetime) -> str:
    """How far from UTC its clock is, with a true minus sign: UTC+1, UTC."""
    offset = instant.utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def in_words(instant: datetime, zone: str) -> str:
    """12 March 2027, 18:00 (Zurich time, UTC+1)."""
    there = instant.astimezone(ZoneInfo(zone))
    values = {
        "day": date_format(there.date(), "DATE_FORMAT"),
        "time": f"{there:%H:%M}",
        "zone": offset_in_words(there),
        "city": zone.rpartition("/")[2].replace("_", " "),
    }
    said = _("%(day)s, %(time)s (%(city)s time, %(zone)s)") % values
    return _in_one_line(said) if get_language_bidi() else said


def _in_one_line(said: str) -> str:
    """What stands in brackets is never broken: where text runs from the right, its brackets would be torn apart."""
    before, bracket, within = said.partition("(")
    return before + bracket + within.replace(" ", "\N{NO-BREAK SPACE}")


def stated(wall: datetime, zone: str) -> datetime:
    """The instant of a clock in that zone. Raises ValidationError for an hour that the clock skips there."""
    there = wall.replace(tzinfo=ZoneInfo(zone))
    if there.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise ValidationError(
            _("On that day the clock in this zone skips this hour. Choose a time before or after it.")
        )
    return there
