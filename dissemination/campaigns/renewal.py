"""How long the mandate is secured, and when it is decided how it goes on (domain.md section 8, R22)."""

from datetime import date
from typing import NamedTuple

from iesogi.deadlines.days import lateness
from iesogi.reference.models import Mandate, Session
from iesogi.reference.renewal import secured_until


class Countdown(NamedTuple):
    """`session` is the one that decides, as far as it is in the calendar; its dates may not be known yet."""

    last_day: date
    in_words: str
    days: int
    year: int
    session: Session | None


def countdown(*, on: date) -> Countdown | None:
    """To the end of the last secured year; None before there is any mandate."""
    last_day = secured_until(on=on)
    if last_day is None:
        return None
    return Countdown(
        last_day=last_day,
        in_words=lateness(last_day, on=on),
        days=(last_day - on).days,
        year=last_day.year,
        session=Mandate.objects.ours().renewal_session(on=on),
    )
