"""Write mails as rows, hand them to the mail server, and keep count of what went wrong."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.outbox import delivery
from iesogi.outbox.enums import State
from iesogi.outbox.exceptions import OutboxRefused
from iesogi.outbox.models import Mail
from iesogi.outbox.querysets import MailQuerySet
from iesogi.outbox.wakeup import EXPIRES_SECONDS, wake, wake_now

logger = logging.getLogger(__name__)

SEND = "iesogi.outbox.send"
PER_TICK = 2000


def queue(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    dedupe_key: str = "",
    subject_label: str = "",
    subject_url: str = "",
    due_at: datetime | None = None,
    announce: bool = True,
    private: bool = False,
) -> Mail:
    """Write the mail as a row; with a dedupe key that was used before, give back the row of then.

    `announce=False` leaves the wake-up to the tick: for whoever queues many mails from within one.
    """
    fields = {
        "to": to,
        "subject": " ".join(subject.split())[:200],  # a line break would be a forged header
        "text": text,
        "html": html,
        "private": private,
        "subject_label": subject_label[:200],
        "subject_url": subject_url[:300],
        "due_at": due_at or timezone.now(),
    }
    if dedupe_key:
        mail, created = Mail.objects.get_or_create(dedupe_key=dedupe_key, defaults=fields)
    else:
        mail, created = Mail.objects.create(**fields), True
    if created and announce and mail.due_at <= timezone.now():
        wake(SEND, mail.pk)
    return mail


def send(pk: int, *, now: datetime | None = None) -> bool:
    """Claim, hand over, mark. True when this call sent the mail.

    A worker killed between the hand-over and the mark leaves a claim behind; the mail then goes out a second time
    under the same Message-ID. That window cannot be closed, only kept short.
    """
    now = now or timezone.now()
    if not Mail.objects.claim(pk, now=now):
        return False
    mail = Mail.objects.get(pk=pk)
    if mail.attempts > delivery.MAX_ATTEMPTS:
        _mark(mail, State.FAILED, error=mail.error or _("Every worker that took this mail was lost."), done_at=now)
        return False
    try:
        delivery.hand_over(mail)
    except Exception as error:  # whatever it is, the row has to say so
        _note(mail, error, now=now)
        return False
    return _mark(mail, State.SENT, error="", done_at=timezone.now())


def _note(mail: Mail, error: Exception, *, now: datetime) -> None:
    words = f"{type(error).__name__}: {error}"[:2000]
    if delivery.is_passing(error) and mail.attempts < delivery.MAX_ATTEMPTS:
        _mark(mail, State.WAITING, error=words, due_at=now + delivery.pause_after(mail.attempts), claimed_at=None)
    else:
        _mark(mail, State.FAILED, error=words, done_at=now)
    logger.warning("Mail %s was not sent at attempt %s: %s", mail.pk, mail.attempts, type(error).__name__)


def _mark(mail: Mail, state: State, **fields) -> bool:
    """Only while the claim is still ours: a worker that slept too long does not write over the one after it."""
    held = Mail.objects.filter(pk=mail.pk, state=State.CLAIMED, claimed_at=mail.claimed_at)
    return held.update(state=state, updated_at=timezone.now(), **fields) == 1


def _step(mail: Mail, to: State, *, by, verb: str, only_from: State | None = None, **fields) -> Mail:
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    was = State(mail.state)
    if to not in was.successors or was != (only_from or was):
        raise OutboxRefused(
            _("A mail that is “%(was)s” cannot become “%(to)s”. Reload the page to see what happened to it.")
            % {"was": was.label, "to": to.label}
        )
    fields["state"] = to
    for name, value in fields.items():
        setattr(mail, name, value)
    mail.save(update_fields=[*fields, "updated_at"])
    audit.record(by=by, verb=verb, target=mail, was=was, to=to)
    return mail


@transaction.atomic
def try_again(mail: Mail, *, by) -> Mail:
    """A failed mail waits once more and counts its attempts anew."""
    anew = {"due_at": timezone.now(), "attempts": 0, "done_at": None, "claimed_at": None}
    mail = _step(mail, State.WAITING, by=by, verb="mail.tried_again", only_from=State.FAILED, **anew)
    wake(SEND, mail.pk)
    return mail


@transaction.atomic
def discard(mail: Mail, *, by) -> Mail:
    """It will never be sent. What is being sent right now cannot be called back."""
    return _step(mail, State.DISCARDED, by=by, verb="mail.discarded", done_at=timezone.now())


def withdraw(mails: MailQuerySet) -> int:
    """Discard those of these mails that still wait, because what they speak of has changed."""
    now = timezone.now()
    return mails.filter(state=State.WAITING).update(state=State.DISCARDED, done_at=now, updated_at=now)


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    """Wake a worker for every mail that is due or was left behind; without `enqueue`, send them here and now."""
    due = list(Mail.objects.ready(now=now).order_by("due_at", "pk").values_list("pk", flat=True)[:PER_TICK])
    if enqueue:
        return {"mails_woken": wake_now(SEND, due, expires=EXPIRES_SECONDS)}
    return {"mails_sent": sum(send(pk, now=now) for pk in due)}
