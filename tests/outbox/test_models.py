from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from iesogi.outbox.enums import State
from iesogi.outbox.models import Mail


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("mail_finished_has_its_time", {"state": State.SENT}),
        ("mail_finished_has_its_time", {"state": State.WAITING, "done_at": timezone.now()}),
        ("mail_claimed_says_since_when", {"state": State.CLAIMED}),
        ("mail_failed_says_why", {"state": State.FAILED, "done_at": timezone.now()}),
        ("dedupe_key", {"dedupe_key": "once"}),
    ],
)
def test_database_keeps_the_rules_of_a_mail(constraint, fields):
    Mail.objects.create(to="desk@example.org", subject="First", dedupe_key="once")
    with pytest.raises(IntegrityError, match=constraint):
        Mail.objects.create(to="desk@example.org", subject="Second", **fields)


def test_every_rule_has_its_sentence():
    assert all(str(constraint.violation_error_message).endswith(".") for constraint in Mail._meta.constraints)


@pytest.mark.django_db
def test_message_id_stays_with_the_row(settings):
    settings.DEFAULT_FROM_EMAIL = "Portal <portal@mandate.example>"
    mail = Mail.objects.create(to="desk@example.org", subject="One")
    assert mail.message_id == f"<{mail.public_id}@mandate.example>"
    assert Mail.objects.get().message_id == mail.message_id


@pytest.mark.django_db
def test_claim_is_taken_over_only_when_stale(settings):
    mail, now = Mail.objects.create(to="desk@example.org", subject="One"), timezone.now()
    stale = now + timedelta(seconds=settings.CLAIM_SECONDS)
    assert Mail.objects.claim(mail.pk, now=now)
    assert not Mail.objects.claim(mail.pk, now=stale - timedelta(seconds=1))
    assert Mail.objects.claim(mail.pk, now=stale)
    mail.refresh_from_db()
    assert mail.attempts == 2


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.DRAFT, State.SENT, State.FAILED, State.DISCARDED])
def test_only_what_waits_can_be_claimed(state):
    done_at = None if state == State.DRAFT else timezone.now()
    mail = Mail.objects.create(to="d@example.org", subject="One", state=state, done_at=done_at, error="why")
    assert not Mail.objects.claim(mail.pk, now=timezone.now() + timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_claim_is_won_by_one_of_many_threads():
    mails = [Mail.objects.create(to="desk@example.org", subject="One").pk for _each in range(5)]
    barrier, won, now = Barrier(8), [], timezone.now()

    def worker():
        barrier.wait()
        won.extend([pk for pk in mails if Mail.objects.claim(pk, now=now)])
        connection.close()

    threads = [Thread(target=worker) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == sorted(mails)
