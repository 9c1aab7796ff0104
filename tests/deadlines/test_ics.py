from datetime import date

import icalendar
import pytest

from iesogi.deadlines import ics, services
from iesogi.deadlines.ics import Event
from iesogi.deadlines.models import Deadline

SESSION = Event(uid="session-47", title="Council, 47", starts_on=date(2021, 6, 21), ends_on=date(2021, 7, 14))
DAY = Event(uid="report-1", title='Report; issued, "at last"', starts_on=date(2021, 6, 3))


def read(events):
    return list(icalendar.Calendar.from_ical(ics.calendar(events, "Mandate")).walk("VEVENT"))


def test_days_are_written_as_days():
    body = ics.calendar([SESSION], "Mandate").decode()
    assert "DTSTART;VALUE=DATE:20210621\r\n" in body
    assert "DTEND;VALUE=DATE:20210715\r\n" in body


def test_events_come_by_day_and_survive_reading(settings):
    settings.PORTAL_URL = "https://portal.example:8443/"
    events = read([SESSION, DAY])
    assert [(str(event["uid"]), str(event["summary"])) for event in events] == [
        ("report-1@portal.example", 'Report; issued, "at last"'),
        ("session-47@portal.example", "Council, 47"),
    ]


def test_same_events_give_the_same_bytes():
    assert ics.calendar([SESSION, DAY], "Mandate") == ics.calendar([DAY, SESSION], "Mandate")


def test_long_and_foreign_titles_are_folded_by_octets():
    title = "عربي " * 40
    body = ics.calendar([Event(uid="x", title=title, starts_on=date(2021, 6, 3))], "Mandate")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert str(read([Event(uid="x", title=title, starts_on=date(2021, 6, 3))])[0]["summary"]) == title


@pytest.mark.django_db
def test_feed_of_deadlines_keeps_uid_and_counts_changes(deadline, owner):
    (before,) = read(ics.of_deadlines(Deadline.objects.all()))
    services.extend(deadline, to=date(2021, 6, 14), reason="More time.", by=owner)
    (after,) = read(ics.of_deadlines(Deadline.objects.all()))
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstart"].dt == date(2021, 6, 14)
    services.cancel(deadline, reason="Not needed.", by=owner)
    assert read(ics.of_deadlines(Deadline.objects.all()))[0]["status"] == "CANCELLED"


@pytest.mark.django_db
def test_feed_of_confidential_deadlines_gives_nothing_away(now, secret):
    services.open_on(
        secret,
        title="Kazakhstan",
        due_on=date(2021, 5, 31),
        explanation="AL KAZ 2/2019",
        subject_label="AL KAZ 2/2019",
    )
    body = ics.calendar(ics.of_deadlines(Deadline.objects.all()), "Mandate").decode()
    assert "SUMMARY:A reply is due" in body
    assert [word for word in ("KAZ", "Kazakhstan") if word in body] == []
