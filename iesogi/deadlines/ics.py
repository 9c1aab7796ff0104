"""iCalendar feeds (RFC 5545). Whoever builds one gives events whose titles are fit for its readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.utils.translation import gettext_lazy

from iesogi.deadlines.enums import State
from iesogi.deadlines.models import Deadline

# Asked of those who subscribe; calendars of today poll far more often than anything changes here.
REFRESH = timedelta(hours=12)
MARKED = gettext_lazy("%(title)s († subject to renewal)")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """One day, or from `starts_on` to `ends_on` with both included. `uid` stays with what it is about for ever;
    `sequence` grows with each change of its date."""

    uid: str
    title: str
    starts_on: date
    ends_on: date | None = None
    sequence: int = 0
    description: str = ""
    url: str = ""
    changed_at: datetime | None = None
    is_cancelled: bool = False


def calendar(events: Iterable[Event], name: str, *, secured_until: date | None = None) -> bytes:
    """The feed. Days are written as days, so no time zone moves them; equal events give equal bytes.

    What begins after `secured_until`, the last day of the mandate's term, is marked (domain.md R22).
    """
    feed = icalendar.Calendar()
    feed.add("prodid", "-//IE SOGI mandate//Portal//EN")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", name)
    feed.add("name", name)
    feed.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", icalendar.vDuration(REFRESH))
    for event in sorted(events, key=lambda event: (event.starts_on, event.uid)):
        is_marked = secured_until is not None and event.starts_on > secured_until
        feed.add_component(_component(event, MARKED if is_marked else "%(title)s"))
    return feed.to_ical()


def _component(event: Event, title: str) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", f"{event.uid}@{urlsplit(settings.PORTAL_URL).hostname}")
    component.add("dtstamp", event.changed_at or EPOCH)  # a feed that changes by the hour would be fetched for nothing
    component.add("sequence", event.sequence)
    component.add("summary", title % {"title": event.title})
    component.add("dtstart", event.starts_on)
    component.add("dtend", (event.ends_on or event.starts_on) + timedelta(days=1))  # the day after, says RFC 5545
    component.add("transp", "TRANSPARENT")
    if event.is_cancelled:
        component.add("status", "CANCELLED")
    if event.description:
        component.add("description", event.description)
    if event.url:
        component.add("url", event.url)
    return component


def of_deadlines(deadlines: Iterable[Deadline]) -> list[Event]:
    """Deadlines for a staff calendar: title and day, nothing of what they are about (titles of confidential kinds
    are neutral already)."""
    return [
        Event(
            uid=f"deadline-{deadline.public_id}",
            title=deadline.title,
            starts_on=deadline.due_on,
            sequence=deadline.revision,
            changed_at=deadline.updated_at,
            is_cancelled=deadline.state == State.CANCELLED,
        )
        for deadline in deadlines
    ]
