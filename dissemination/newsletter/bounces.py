"""Mails that came back: refused by the mail server at once, or reported later by a mail of its own (RFC 3464)."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dissemination.newsletter.enums import ConsentStep
from dissemination.newsletter.models import ConsentEvent, Delivery, Subscriber

AT_ONCE = 500
CODE = re.compile(r"\b[45]\d\d\b")


class Report(NamedTuple):
    """Which mail did not arrive, by the id that its Message-ID was made of, and the status that was given."""

    public_id: UUID
    status: str


def record_refused() -> int:
    """What the outbox could not hand over because of the reader's address. How many were written down."""
    refused = Delivery.objects.refused().filter(mail__error__startswith="SMTPRecipientsRefused")
    found = list(refused.select_related("mail")[:AT_ONCE])
    for delivery in found:
        code = CODE.search(delivery.mail.error)
        record(delivery, f"SMTP {code[0] if code else '5xx'}")
    return len(found)


@transaction.atomic
def record(delivery: Delivery, why: str) -> bool:
    """Once for each mail. An address whose last mails all came back gets no more, until its owner confirms again."""
    subscriber = Subscriber.objects.select_for_update().get(pk=delivery.subscriber_id)
    fresh = Delivery.objects.filter(pk=delivery.pk, bounced_at=None)
    if not fresh.update(bounced_at=timezone.now(), bounce=why[:300]):
        return False
    subscriber.bounces = _in_a_row(subscriber)
    if subscriber.bounces >= settings.BOUNCES_UNTIL_GIVEN_UP and subscriber.bounced_at is None:
        subscriber.bounced_at = timezone.now()
        ConsentEvent.objects.create(subscriber=subscriber, step=ConsentStep.BOUNCED, note=why[:300])
    subscriber.save(update_fields=["bounces", "bounced_at"])
    return True


def _in_a_row(subscriber: Subscriber) -> int:
    """Of its last mails, how many came back one after the other."""
    count = 0
    for bounced_at in subscriber.deliveries.order_by("-pk").values_list("bounced_at", flat=True):
        if bounced_at is None or count == settings.BOUNCES_UNTIL_GIVEN_UP:
            break
        count += 1
    return count


def record_report(raw: bytes) -> bool:
    """Write down what a report says. False for any other mail, a known one, and a delay that may end well."""
    report = read(raw)
    if report is None:
        return False
    delivery = Delivery.objects.filter(mail__public_id=report.public_id).first()
    return delivery is not None and record(delivery, f"Report {report.status}")


def read(raw: bytes) -> Report | None:
    message = message_from_bytes(raw, policy=policy.default)
    status, ours = _status_in(message), _id_in(message)
    return Report(ours, status) if status and ours else None


def _status_in(message: EmailMessage) -> str:
    """Of the first recipient that the report calls failed."""
    for part in message.walk():
        if part.get("Action", "").strip().lower() == "failed":
            return str(part.get("Status", "5.0.0")).strip()[:20]
    return ""


def _id_in(message: EmailMessage) -> UUID | None:
    """The returned mail, or its headers, stand inside the report."""
    for part in list(message.walk())[1:]:
        texts = [str(part.get("Message-ID", ""))]
        if part.get_content_type() == "text/rfc822-headers":
            texts += re.findall(r"(?im)^message-id:\s*(\S+)", part.get_content())
        for text in texts:
            try:
                return UUID(text.strip().lstrip("<").partition("@")[0])
            except ValueError:
                continue
    return None
