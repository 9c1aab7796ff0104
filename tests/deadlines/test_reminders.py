from datetime import date, datetime, timedelta

import pytest
from django.core import mail as outside
from django.utils import timezone

from iesogi.deadlines import reminders, services
from iesogi.deadlines.days import GENEVA, lateness, morning_of
from iesogi.deadlines.enums import ReminderState
from iesogi.deadlines.models import Deadline, Reminder
from iesogi.outbox import services as outbox
from iesogi.outbox.enums import State as MailState
from iesogi.outbox.models import Mail
from iesogi.site.tasks import tick

pytestmark = pytest.mark.django_db

DUE = date(2021, 5, 31)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=GENEVA)


def remind(text):
    return services.tick(now=at(text))


def handed_over():
    return list(Reminder.objects.filter(state=ReminderState.SENT).order_by("rung").values_list("rung", flat=True))


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2021, 3, 27), "07:00"),
        (date(2021, 3, 28), "06:00"),  # summer time begins that night
        (date(2021, 10, 30), "06:00"),
        (date(2021, 10, 31), "07:00"),  # and ends
        (date(2021, 12, 31), "07:00"),
        (date(2024, 2, 29), "07:00"),
    ],
)
def test_reminders_leave_at_eight_in_geneva(kind, day, utc, now):
    now.move_to("2021-01-04T10:00:00+01:00")
    opened = services.open_on(kind, title="Slot", due_on=day, explanation="Given.")
    moment = opened.reminders.get(rung=0).due_at
    assert timezone.localtime(moment, GENEVA).isoformat()[:16] == f"{day.isoformat()}T08:00"
    assert moment == datetime.fromisoformat(f"{day.isoformat()}T{utc}:00+00:00")


def test_rungs_cross_the_end_of_the_year(kind, now):
    now.move_to("2021-12-20T10:00:00+01:00")
    opened = services.open_on(kind, title="Slot", due_on=date(2022, 1, 3), explanation="Given.")
    mornings = [timezone.localtime(reminder.due_at, GENEVA).date() for reminder in opened.reminders.all()]
    assert mornings == [date(2021, 12, 20), date(2021, 12, 27), date(2022, 1, 2), date(2022, 1, 3), date(2022, 1, 10)]


def test_nothing_is_sent_before_its_hour(deadline):
    assert remind("2021-05-17T07:59") == {"reminders_sent": 0, "reminders_skipped": 0}
    assert remind("2021-05-17T08:00") == {"reminders_sent": 1, "reminders_skipped": 0}


def test_each_rung_is_sent_once(deadline):
    for day in ("17", "17", "24", "30", "31", "31"):
        remind(f"2021-05-{day}T09:00")
    remind("2021-06-07T09:00")
    assert handed_over() == [-14, -7, -1, 0, 7]
    assert Mail.objects.count() == 5
    assert Mail.objects.filter(dedupe_key=f"reminder:{deadline.pk}:-1:2021-05-31").count() == 1


def test_after_an_outage_the_latest_rung_speaks_for_all(deadline):
    assert remind("2021-05-31T09:00") == {"reminders_sent": 1, "reminders_skipped": 3}
    assert handed_over() == [0]
    assert set(Reminder.objects.filter(state="skipped").values_list("note", flat=True)) == {reminders.OVERTAKEN}


def test_a_mail_that_exists_is_not_written_again(deadline):
    """As after a restored backup: the key of the mail, not the state of the reminder, decides."""
    remind("2021-05-17T09:00")
    Reminder.objects.filter(rung=-14).update(state=ReminderState.WAITING, mail=None, done_at=None)
    remind("2021-05-17T09:05")
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"state": "done", "done_on": DUE}, reminders.NOT_OPEN),
        ({"state": "cancelled"}, reminders.NOT_OPEN),
        ({"snoozed_until": date(2021, 5, 18)}, reminders.SNOOZED),
        ({"due_on": date(2021, 6, 7)}, reminders.DATE_CHANGED),
    ],
)
def test_subject_is_judged_again_when_the_reminder_is_due(deadline, change, note):
    Deadline.objects.filter(pk=deadline.pk).update(**change)
    assert remind("2021-05-17T09:00") == {"reminders_sent": 0, "reminders_skipped": 1}
    assert Reminder.objects.get(rung=-14).note == note
    assert not Mail.objects.exists()


def test_end_of_a_snooze_reminds(deadline, owner):
    services.snooze(deadline, until=date(2021, 5, 26), reason="Quiet.", by=owner)
    assert [remind(f"2021-05-{day}T09:00")["reminders_sent"] for day in (17, 24, 25, 26, 27)] == [0, 0, 0, 1, 0]


def test_mail_that_has_not_left_is_called_back_when_the_deadline_is_done(deadline, owner):
    remind("2021-05-17T09:00")
    services.complete(deadline, by=owner)
    assert Mail.objects.get().state == MailState.DISCARDED
    assert outbox.tick(now=at("2021-05-17T09:01"), enqueue=False) == {"mails_sent": 0}
    assert outside.outbox == []


def test_mail_goes_to_the_owner_or_the_desk(deadline, owner, settings):
    assert reminders.recipient(deadline) == "owner@example.org"
    owner.is_active = False
    assert reminders.recipient(deadline) == settings.DESK_EMAIL
    deadline.owner = None
    assert reminders.recipient(deadline) == settings.DESK_EMAIL


def test_confidential_mail_goes_to_people_paid_by_ohchr_only(now, secret, owner, settings):
    opened = services.open_on(secret, title="x", due_on=DUE, explanation="60 days.", owner=owner)
    assert reminders.recipient(opened) == "owner@example.org"
    owner.paid_by = "outside"
    assert reminders.recipient(opened) == settings.DESK_EMAIL


def test_mail_says_what_waits_and_where_to_log_in(deadline, settings):
    settings.PORTAL_URL = "https://portal.example/"
    written = reminders.write(deadline, on=date(2021, 5, 24))
    url = f"https://portal.example/admin/deadlines/deadline/{deadline.pk}/change/"
    assert written["subject"] == "Background document: in 7 days"
    assert "Due on Monday 31 May 2021 (in 7 days)." in written["text"]
    assert url in written["text"]
    assert f'href="{url}"' in written["html"]
    assert "gone by" in reminders.write(deadline, on=date(2021, 6, 7))["text"]


def test_confidential_mail_gives_nothing_away(now, secret, owner):
    opened = services.open_on(
        secret,
        title="Reply of Kazakhstan",
        due_on=DUE,
        explanation="60 days from AL KAZ 2/2019",
        owner=owner,
        subject_label="AL KAZ 2/2019",
        subject_url="/admin/communications/letter/77/change/",
    )
    written = " ".join(reminders.write(opened, on=date(2021, 5, 24)).values())
    assert [word for word in ("KAZ", "Kazakhstan", "77", "letter", "2/2019") if word in written] == []
    assert "A reply is due" in written


def test_title_is_escaped_in_the_formatted_text(now, kind, owner):
    opened = services.open_on(kind, title="Food & <drink>", due_on=DUE, explanation="Given.", owner=owner)
    written = reminders.write(opened, on=date(2021, 5, 24))
    assert "Food & <drink>" in written["text"]
    assert "Food &amp; &lt;drink&gt;" in written["html"]


def test_one_broken_deadline_does_not_hold_up_the_others(deadline, kind, settings, caplog):
    settings.DESK_EMAIL = None
    orphan = services.open_on(kind, title="Nobody's", due_on=DUE, explanation="Given.")
    assert remind("2021-05-17T09:00") == {"reminders_sent": 1, "reminders_skipped": 0}
    assert f"Deadline {orphan.pk} could not be reminded of." in caplog.text
    settings.DESK_EMAIL = "desk@example.org"
    assert remind("2021-05-17T09:05") == {"reminders_sent": 1, "reminders_skipped": 0}


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "in 1 day"), (5, "in 5 days"), (-1, "1 day late"), (-12, "12 days late")],
)
def test_lateness_in_words(days, words):
    assert lateness(DUE + timedelta(days=days), on=DUE) == words


def test_tick_of_the_house_reminds_and_sends_and_does_nothing_twice(deadline):
    moment = at("2021-05-17T09:00")
    first, second = tick(now=moment, enqueue=False), tick(now=moment, enqueue=False)
    assert (first["reminders_sent"], first["mails_sent"]) == (1, 1)
    assert not any(second.values())
    assert [message.subject for message in outside.outbox] == ["Background document: in 14 days"]


def test_morning_exists_on_every_day():
    days = [date(2017, 1, 1) + timedelta(days=day) for day in range(12 * 366)]
    assert {morning_of(day).astimezone(GENEVA).hour for day in days} == {8}
