"""Write mails as rows, hand them to the mail server, and keep count of what went wrong."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.outbox import delivery, lanes
from iesogi.outbox.enums import FINISHED, State
from iesogi.outbox.exceptions import OutboxRefused
from iesogi.outbox.marking import is_given_up, mark, note
from iesogi.outbox.models import Mail, Mailing
from iesogi.outbox.querysets import MailQuerySet
from iesogi.outbox.wakeup import EXPIRES_SECONDS, wake, wake_now

SEND = "iesogi.outbox.send"
LANE = "iesogi.outbox.lane"
PER_TICK = 2000
ERASED = "erased@invalid.invalid"


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


def draft(*, to: str, subject: str, text: str, html: str = "", subject_label: str = "", subject_url: str = "") -> Mail:
    """Write a mail that waits for a person: nothing sends it until somebody releases it in the outbox."""
    return Mail.objects.create(
        to=to,
        subject=" ".join(subject.split())[:200],
        text=text,
        html=html,
        subject_label=subject_label[:200],
        subject_url=subject_url[:300],
        state=State.DRAFT,
    )


@transaction.atomic
def release(mail: Mail, *, by) -> Mail:
    """A person has read the draft and lets it go."""
    now = timezone.now()
    mail = _step(mail, State.WAITING, by=by, verb="mail.released", only_from=State.DRAFT, due_at=now)
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
    mail = Mail.objects.select_related("mailing").get(pk=pk)
    if is_given_up(mail):
        return False
    try:
        delivery.hand_over(mail)
    except Exception as error:  # whatever it is, the row has to say so
        note(mail, error, now=now)
        return False
    return mark(mail, State.SENT, error="", done_at=timezone.now())


@transaction.atomic
def write_many(mailing: Mailing, mails: Iterable[Mail]) -> list[Mail]:
    """Rows of one mailing at once; workers are woken after the commit. Keys against doubles are the caller's.

    A wake-up is the mailing's key: whoever hears it sends what is due of it, lane beside lane.
    """
    rows = Mail.objects.bulk_create(mails, batch_size=500)
    if rows:
        transaction.on_commit(lambda: wake_lanes(mailing.pk))
    return rows


def wake_lanes(mailing: int) -> int:
    return wake_now(LANE, [mailing] * settings.MAILING_LANES, expires=EXPIRES_SECONDS)


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


@transaction.atomic
def erase(mails: MailQuerySet) -> int:
    """Take address and words out of these mails, whose purpose has gone; what still waits is put aside first.

    Row, time and result stay. What is being sent at this moment is left to the next call.
    """
    withdraw(mails)
    now = timezone.now()
    finished = mails.filter(state__in=FINISHED, erased_at=None)
    said_why = Case(When(error="", then=Value("")), default=Value("–"))  # servers repeat the address in it
    gone = {
        "error": said_why,
        "to": ERASED,
        "text": "",
        "html": "",
        "merge": {},
        "subject_label": "",
        "subject_url": "",
        "subject": "–",
    }
    return finished.update(**gone, erased_at=now, updated_at=now)


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    """Wake a worker for every mail that is due or was left behind; without `enqueue`, send them here and now."""
    ready = Mail.objects.ready(now=now)
    due = list(ready.single().order_by("due_at", "pk").values_list("pk", flat=True)[:PER_TICK])
    mailings = list(ready.exclude(mailing=None).order_by().values_list("mailing", flat=True).distinct())
    if enqueue:
        lanes_woken = sum(wake_lanes(mailing) for mailing in mailings)
        return {"mails_woken": wake_now(SEND, due, expires=EXPIRES_SECONDS) + lanes_woken}
    return {"mails_sent": sum(send(pk, now=now) for pk in due) + sum(lanes.run(mailing) for mailing in mailings)}
