"""Ten thousand readers, two real workers and a real mail server: none lost, none twice, whatever breaks on the way.

How fast: against a bare loop of smtplib on the same server in the same run. NEWSLETTER_READERS sets how many; the
usual run takes fewer, because it measures nothing that more would change.
"""

import os
import smtplib
import time
from email.message import EmailMessage

import pytest
from django.utils import timezone

from dissemination.newsletter import sending
from dissemination.newsletter.models import Delivery, Issue, NewsletterList, Subscriber, Subscription
from iesogi.outbox.enums import State
from iesogi.outbox.models import Mail
from iesogi.site.tasks import tick
from tests.workers import conftest
from tests.workers.conftest import CLAIM_SECONDS, wait_until

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

MANY = int(os.environ.get("NEWSLETTER_READERS", "600"))
BARE = min(MANY, 2000) // 2
AWAY_SECONDS = 3
ROUNDS = 3
# One job at a time and none held back, so that neither worker keeps the wake-ups of both.
ALONE = "-c 1 --prefetch-multiplier 1"


@pytest.fixture(autouse=True)
def short_claims(settings, monkeypatch):
    settings.CLAIM_SECONDS = CLAIM_SECONDS
    monkeypatch.setattr(conftest, "PATIENCE", max(conftest.PATIENCE, MANY / 10))


@pytest.fixture
def issue(transactional_db):
    """To many confirmed readers, with a text as long as such issues are."""
    of = NewsletterList.objects.create(code="issues", name_en="Issues", about_en="News.")
    now = timezone.now()
    made = Subscriber.objects.bulk_create(
        [Subscriber(email=f"reader{number}@example.org") for number in range(MANY)], batch_size=500
    )
    Subscription.objects.bulk_create(
        [Subscription(subscriber=each, list=of, state="active", confirmed_at=now) for each in made], batch_size=500
    )
    body = "\n\n".join(f"## Part {number}\n\n{'A sentence of the newsletter. ' * 20}" for number in range(5))
    return Issue.objects.create(list=of, slug="first", subject="First issue", body=body)


def sent():
    return Mail.objects.filter(state=State.SENT).count()


def assert_each_reader_has_one(inbox):
    assert len(inbox.messages) == MANY
    assert {message["To"] for message in inbox.messages} == {f"reader{number}@example.org" for number in range(MANY)}
    assert Delivery.objects.values("subscriber").distinct().count() == Mail.objects.count() == sent() == MANY


def with_ticks(happened):
    """Ticks as they come every minute, only faster."""

    def tried():
        tick(now=timezone.now(), enqueue=True)
        time.sleep(0.3)
        return happened()

    return tried


@pytest.mark.demand("ILGA-17")
def test_none_is_lost_and_none_sent_twice_when_a_worker_dies_and_the_server_is_away(workers, issue, inbox):
    both = {worker.address: worker for worker in workers(2, ALONE)}
    killed, away = [], []

    def trouble(envelope):
        """A quarter through, the server says for a while that it has no time; half-way, whoever sends is killed."""
        if len(inbox.messages) >= MANY // 4 and not away:
            away.append(time.monotonic())
        inbox.rcpt_says = "451 Come back later" if away and time.monotonic() < away[0] + AWAY_SECONDS else "250 OK"
        if len(inbox.messages) >= MANY // 2 and not killed:
            killed.append(both.pop(envelope.mail_from))
            killed[0].kill()

    inbox.on_rcpt = trouble
    sending.send(issue, by=None)
    wait_until(with_ticks(lambda: killed), "a worker is killed half-way", *both.values())
    killed[0].process.wait(timeout=10)
    wait_until(with_ticks(lambda: sent() == MANY), "all mails are sent", *both.values())
    assert (len(both), bool(away)) == (1, True)
    assert_each_reader_has_one(inbox)


def test_two_workers_are_at_least_half_as_fast_as_a_bare_loop(workers, issue, inbox, record_property):
    """A busy machine only ever makes the workers slower, so the best of three rounds counts."""
    both, reached = workers(2, ALONE), []
    for number in range(ROUNDS):
        bare, ours = one_round(inbox, issue, both)
        reached.append(ours / bare)
        said = f"{MANY} readers: workers {ours:.0f}, bare {bare:.0f}, {reached[-1]:.2f} times"
        record_property("mails a second", said)
        if reached[-1] >= 1 / 2:
            break
        clear(inbox)
        issue = Issue.objects.create(list=issue.list, slug=f"again-{number}", subject="Again", body=issue.body)
    assert max(reached) >= 1 / 2


def one_round(inbox, issue, both):
    """Mails a second of a bare loop, before and after, so that a slow moment meets both sides; and of the workers."""
    before = bare_loop(inbox, issue)
    inbox.messages.clear()
    ours = rate_of_both(inbox, issue, both)
    assert_each_reader_has_one(inbox)
    return (before + bare_loop(inbox, issue)) / 2, ours


def rate_of_both(inbox, issue, both):
    """From when both are at work: how often a broker is asked for work is its own affair."""
    taken = []
    inbox.on_data = lambda envelope: taken.append((time.perf_counter(), envelope.mail_from))
    sending.send(issue, by=None)
    wait_until(lambda: len(taken) >= MANY, "all mails are sent", *both)
    inbox.on_data = lambda envelope: None
    wait_until(lambda: sent() == MANY, "all mails are marked", *both)
    senders = [address for _moment, address in taken]
    assert set(senders) == {worker.address for worker in both}
    first = min(max(senders.index(worker.address) for worker in both), MANY // 2)
    return (MANY - 1 - first) / (taken[-1][0] - taken[first][0])


def clear(inbox):
    inbox.messages.clear()
    Delivery.objects.all().delete()
    Mail.objects.all().delete()


def bare_loop(inbox, issue):
    """Mails a second of a loop with one connection that makes the same text and html for each reader and sends it."""
    said = sending.written(Issue.objects.select_related("list").get(pk=issue.pk))
    before, started = len(inbox.messages), time.perf_counter()
    with smtplib.SMTP(*inbox.address) as server:
        for number in range(BARE):
            message = EmailMessage()
            message["Subject"], message["From"] = said["subject"], "bare@example.org"
            message["To"] = f"reader{number}@example.org"
            message.set_content(said["text"].replace("[[leave_url]]", f"https://example.org/{number}"))
            message.add_alternative(
                said["html"].replace("[[leave_url]]", f"https://example.org/{number}"), subtype="html"
            )
            server.send_message(message)
    took = time.perf_counter() - started
    assert len(inbox.messages) - before == BARE
    return BARE / took
