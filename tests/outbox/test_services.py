from datetime import timedelta

import pytest
from django.utils import timezone

from iesogi.audit.models import Entry
from iesogi.outbox import delivery, marking, services
from iesogi.outbox.enums import NEXT, State
from iesogi.outbox.exceptions import OutboxRefused
from iesogi.outbox.models import Mail

pytestmark = pytest.mark.django_db


def queue(**fields):
    return services.queue(**{"to": "desk@example.org", "subject": "Something waits", "text": "Log in."} | fields)


def in_state(state):
    now = timezone.now()
    finished = state in (State.SENT, State.FAILED, State.DISCARDED)
    return Mail.objects.create(
        to="desk@example.org",
        subject="Something waits",
        state=state,
        claimed_at=now if state == State.CLAIMED else None,
        done_at=now if finished else None,
        error="550 no" if state == State.FAILED else "",
    )


def test_send_hands_the_mail_over_and_marks_it(inbox):
    mail = queue(html="<p>Log in.</p>")
    assert services.send(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (State.SENT, 1, "")
    assert inbox.ids == {mail.message_id: 1}
    message = inbox.messages[0]
    assert (message["To"], message["Subject"]) == ("desk@example.org", "Something waits")
    assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/html"]


def test_send_does_nothing_twice(inbox):
    mail = queue()
    assert [services.send(mail.pk), services.send(mail.pk)] == [True, False]
    assert inbox.ids.total() == 1


def test_queue_writes_one_mail_per_dedupe_key():
    assert queue(dedupe_key="reminder:1").pk == queue(dedupe_key="reminder:1").pk
    assert queue().pk != queue().pk


def test_queue_forges_no_header(inbox):
    mail = queue(subject="Hello\r\nBcc: everyone@example.org")
    services.send(mail.pk)
    assert inbox.messages[0]["Subject"] == "Hello Bcc: everyone@example.org"
    assert inbox.messages[0]["Bcc"] is None


def test_mail_of_a_later_hour_waits_for_it(inbox):
    later = timezone.now() + timedelta(hours=2)
    mail = queue(due_at=later)
    assert not services.send(mail.pk)
    assert services.send(mail.pk, now=later)


@pytest.mark.parametrize("answer", ["451 Try later", "421 Too busy"])
def test_passing_refusal_waits_longer_each_time(inbox, answer):
    inbox.data_says = answer
    mail, now = queue(), timezone.now()
    pauses = []
    for _attempt in range(3):
        services.send(mail.pk, now=now)
        mail.refresh_from_db()
        pauses.append((mail.due_at - now).total_seconds())
        now = mail.due_at
    assert (mail.state, pauses) == (State.WAITING, [60, 120, 240])
    assert answer[4:] in mail.error


def test_passing_refusal_becomes_a_failure_in_the_end(inbox):
    inbox.rcpt_says = "450 Mailbox busy"
    mail, now = queue(), timezone.now()
    for _attempt in range(delivery.MAX_ATTEMPTS):
        services.send(mail.pk, now=now)
        now += timedelta(days=1)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.FAILED, delivery.MAX_ATTEMPTS)


@pytest.mark.parametrize("where", ["rcpt_says", "data_says"])
def test_lasting_refusal_fails_at_once_and_says_why(inbox, where):
    setattr(inbox, where, "550 No such mailbox")
    mail = queue()
    services.send(mail.pk)
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert "No such mailbox" in mail.error


def test_server_that_is_down_is_tried_again(settings, inbox):
    settings.EMAIL_PORT = 1
    mail = queue()
    services.send(mail.pk)
    mail.refresh_from_db()
    assert mail.state == State.WAITING
    assert mail.error.startswith("ConnectionRefusedError")


def test_error_of_our_own_fails_and_does_not_escape(settings):
    settings.EMAIL_BACKEND = "tests.outbox.nowhere.Backend"
    mail = queue()
    assert not services.send(mail.pk)
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert mail.error.startswith("ModuleNotFoundError")


def test_mail_that_kills_every_worker_is_given_up(inbox, settings):
    mail = queue()
    now = timezone.now()
    for _worker in range(delivery.MAX_ATTEMPTS):
        assert Mail.objects.claim(mail.pk, now=now)
        now += timedelta(seconds=settings.CLAIM_SECONDS)
    assert not services.send(mail.pk, now=now)
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (State.FAILED, "Every worker that took this mail was lost.")
    assert not inbox.messages


def test_late_worker_does_not_write_over_the_one_after_it(inbox, settings):
    mail = queue()
    early = timezone.now()
    assert Mail.objects.claim(mail.pk, now=early)
    slow = Mail.objects.get(pk=mail.pk)
    services.send(mail.pk, now=early + timedelta(seconds=settings.CLAIM_SECONDS))
    assert not marking.mark(slow, State.FAILED, error="late", done_at=early)
    mail.refresh_from_db()
    assert mail.state == State.SENT


@pytest.mark.parametrize("was", State)
@pytest.mark.parametrize(("step", "to"), [(services.try_again, State.WAITING), (services.discard, State.DISCARDED)])
def test_steps_by_hand_follow_the_table(was, step, to, django_user_model):
    user = django_user_model.objects.create(username="someone", email="someone@example.org")
    mail = in_state(was)
    if to in NEXT[was] and (step is services.discard or was == State.FAILED):
        assert step(mail, by=user).state == to
        assert list(Entry.objects.values_list("data", "by")) == [({"was": was.value, "to": to.value}, user.pk)]
    else:
        with pytest.raises(OutboxRefused):
            step(mail, by=user)
        assert not Entry.objects.exists()


def test_try_again_counts_attempts_anew(inbox):
    mail = in_state(State.FAILED)
    services.try_again(mail, by=None)
    assert services.send(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.SENT, 1)


def test_withdraw_takes_back_only_what_waits():
    mails = [in_state(state) for state in State]
    assert services.withdraw(Mail.objects.all()) == 1
    states = [Mail.objects.get(pk=mail.pk).state for mail in mails]
    assert states == [State.DRAFT, State.DISCARDED, State.CLAIMED, State.SENT, State.FAILED, State.DISCARDED]


def test_tick_sends_what_is_due_and_nothing_twice(inbox):
    now = timezone.now()
    mails = [queue() for _each in range(3)]
    queue(due_at=now + timedelta(days=1))
    soon = timezone.now()
    assert services.tick(now=soon, enqueue=False) == {"mails_sent": 3}
    assert services.tick(now=soon, enqueue=False) == {"mails_sent": 0}
    assert inbox.ids == {mail.message_id: 1 for mail in mails}
