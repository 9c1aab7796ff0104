"""The tick of the whole house: from the command line, from beat, twice, and two at once."""

import sqlite3
from datetime import date
from io import StringIO
from threading import Barrier, Thread

import pytest
import time_machine
from celery import current_app
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from iesogi.deadlines import services
from iesogi.deadlines.models import DeadlineKind, Reminder
from iesogi.outbox.models import Mail
from iesogi.site import broker
from iesogi.site.tasks import LAST_TICK, tick

MORNING = "2021-05-17T08:00:00+02:00"


@pytest.fixture
def deadline(db):
    kind = DeadlineKind.objects.create(code="milestone", label="Milestone", reminder_offsets=[-14, 0])
    with time_machine.travel("2021-05-03T10:00:00+02:00", tick=False):
        return services.open_on(kind, title="Slot", due_on=date(2021, 5, 31), explanation="Given.")


def said(*arguments):
    output = StringIO()
    call_command("tick", *arguments, stdout=output)
    return output.getvalue().strip()


def test_command_does_what_is_due_and_nothing_twice(deadline):
    first, second = said("--now", MORNING), said("--now", MORNING)
    assert "reminders sent: 1, reminders skipped: 0" in first
    assert "mails sent: 1" in first
    assert "reminders sent: 0, reminders skipped: 0" in second
    assert "mails sent: 0" in second
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("moment", ["2021-05-17T05:59:59Z", "2021-05-17T07:59", "2021-05-16"])
def test_command_reads_moments_and_is_not_early(deadline, moment):
    assert "reminders sent: 0" in said("--now", moment)


def test_command_refuses_what_is_no_moment(db):
    with pytest.raises(CommandError, match="“tomorrow” is no moment in time"):
        said("--now", "tomorrow")


def test_tick_is_remembered(db):
    cache.delete(LAST_TICK)
    tick(now=timezone.now(), enqueue=False)
    assert cache.get(LAST_TICK)


def test_beat_asks_for_the_tick_every_minute():
    asked = settings.CELERY_BEAT_SCHEDULE["tick"]
    assert asked["task"] in current_app.tasks
    assert asked["schedule"].minute == set(range(60))


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_write_each_mail_once():
    kind = DeadlineKind.objects.create(code="milestone", label="Milestone", reminder_offsets=[-14, 0])
    with time_machine.travel("2021-05-03T10:00:00+02:00", tick=False):
        for _each in range(10):
            services.open_on(kind, title="Slot", due_on=date(2021, 5, 31), explanation="Given.")
    now, barrier, counts = timezone.now(), Barrier(4), []

    def worker():
        barrier.wait()
        counts.append(services.tick(now=now))
        connection.close()

    threads = [Thread(target=worker) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Mail.objects.count() == 10
    assert sum(count["reminders_sent"] for count in counts) == 10
    assert Reminder.objects.filter(state="waiting").count() == 0


def test_broker_file_is_swept_of_what_was_delivered(tmp_path, settings):
    settings.CELERY_BROKER_URL = f"sqla+sqlite:///{tmp_path}/broker.sqlite3"
    with sqlite3.connect(tmp_path / "broker.sqlite3", factory=broker.BrokerFile) as file:
        file.execute("CREATE TABLE kombu_message (id INTEGER PRIMARY KEY, visible BOOLEAN)")
        file.executemany("INSERT INTO kombu_message (visible) VALUES (?)", [(True,), (False,), (False,)])
    file.close()
    assert [broker.prune(), broker.prune()] == [2, 0]


def test_other_brokers_are_left_alone(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:6379/0"
    assert broker.prune() == 0
