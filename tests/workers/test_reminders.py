"""Five hundred reminders at once, sent by real workers over a real mail server: none lost, none twice.

Mails are counted by their Message-ID as the mail server took them.
"""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from iesogi.deadlines.days import today
from iesogi.deadlines.models import Deadline, DeadlineKind, Reminder
from iesogi.outbox.enums import State
from iesogi.outbox.models import Mail
from iesogi.site.tasks import tick, tick_task
from tests.workers.conftest import CLAIM_SECONDS, empty_the_broker, wait_until, waiting

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

MANY = 500


@pytest.fixture(autouse=True)
def short_claims(settings):
    settings.CLAIM_SECONDS = CLAIM_SECONDS


@pytest.fixture
def due(transactional_db):
    """As many reminders, each of a deadline of its own, all due a minute ago."""
    kind = DeadlineKind.objects.create(code="milestone", label="Milestone", reminder_offsets=[0])
    Deadline.objects.bulk_create(
        Deadline(kind=kind, title=f"Milestone {number}", due_on=today(), original_due_on=today())
        for number in range(MANY)
    )
    Reminder.objects.bulk_create(
        Reminder(deadline=deadline, rung=0, due_on=today(), due_at=timezone.now() - timedelta(minutes=1))
        for deadline in Deadline.objects.all()
    )


def sent():
    return Mail.objects.filter(state=State.SENT).count()


def message_ids():
    return {mail.message_id.partition("@")[0] for mail in Mail.objects.all()}


def taken(inbox):
    """Message-IDs without their host, and how often each was taken."""
    return {key.partition("@")[0]: count for key, count in inbox.ids.items()}


def test_two_workers_send_every_reminder_once(workers, due, inbox):
    both = workers(2)
    tick_task.delay()  # as beat does; the worker that takes it writes the mails and wakes both
    tick_task.delay()
    wait_until(lambda: sent() == MANY, "all mails are sent", *both)
    assert tick(now=timezone.now(), enqueue=True)["mails_woken"] == 0
    assert taken(inbox) == dict.fromkeys(message_ids(), 1)
    assert Mail.objects.count() == len(inbox.messages) == MANY
    assert {message["From"] for message in inbox.messages} == {worker.address for worker in both}


def test_worker_killed_and_broker_emptied_half_way_lose_nothing(workers, due, inbox):
    # One process each: a second one of the victim might die just after its mail was taken, as the next test has it.
    victim, other = workers(2, "-c 1")
    killed = []

    def kill_half_way(envelope):
        """In the middle of a mail that the server has not taken: it has to go out later, by somebody else."""
        if len(inbox.messages) >= MANY // 2 and envelope.mail_from == victim.address and not killed:
            victim.kill()
            killed.append(len(inbox.messages))

    inbox.on_rcpt = kill_half_way
    tick_task.delay()
    wait_until(lambda: killed, "a worker is killed half-way", victim, other)
    empty_the_broker()
    time.sleep(CLAIM_SECONDS + 1)
    left = MANY - sent()
    assert Mail.objects.filter(state=State.CLAIMED).exists()
    redrive(other)
    assert taken(inbox) == dict.fromkeys(message_ids(), 1)
    assert (len(inbox.messages), left > 0) == (MANY, True)


def test_worker_killed_after_the_hand_over_repeats_the_same_message(workers, due, inbox):
    """The window that cannot be closed: taken by the server, not yet marked. The reader sees one message."""
    victim, other = workers(2)
    killed = []

    def kill_half_way(envelope):
        if len(inbox.messages) >= MANY // 2 and envelope.mail_from == victim.address and not killed:
            victim.kill()
            killed.append(inbox.messages[-1]["Message-ID"].partition("@")[0])

    inbox.on_data = kill_half_way
    tick_task.delay()
    wait_until(lambda: killed, "a worker is killed half-way", victim, other)
    empty_the_broker()
    time.sleep(CLAIM_SECONDS + 1)
    redrive(other)
    assert set(taken(inbox)) == message_ids()
    assert len(inbox.messages) - MANY <= 2  # at most one for each process of the pool that died
    assert taken(inbox)[killed[0]] == 2


def redrive(worker):
    """Ticks as they come every minute, only faster, until nothing is left to do."""

    def nothing_left():
        if not waiting():  # a minute is long enough for a worker to hear what the tick before woke
            tick(now=timezone.now(), enqueue=True)
        time.sleep(1)
        return sent() == MANY

    wait_until(nothing_left, "the ticks have sent the rest", worker)


def test_broker_that_was_down_is_made_up_for_by_the_tick(workers, due, inbox):
    tick(now=timezone.now(), enqueue=True)
    empty_the_broker()  # whatever was woken is forgotten, and nobody was there to hear it
    assert (sent(), Mail.objects.filter(state=State.WAITING).count()) == (0, MANY)
    (worker,) = workers(1)
    redrive(worker)
    assert taken(inbox) == dict.fromkeys(message_ids(), 1)
