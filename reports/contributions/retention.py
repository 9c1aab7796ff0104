"""What is kept for a time: addresses of senders and mails to them (domain.md R26), and what was never finished.

Erased are the address in clear, the sealed one of the original, and the mails. An address that its sender wrote into
an answer or a message is part of these words and stays with them.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from iesogi.audit import services as audit
from iesogi.deadlines.days import GENEVA, day_of, morning_of
from iesogi.outbox import services as outbox
from iesogi.vault import erasing
from iesogi.vault.enums import Kind
from iesogi.vault.models import SealedRecord
from reports.contributions import mails, unfinished
from reports.contributions.models import Contribution

NIGHT_HOUR = 3


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    """In the hour of the night alone; a second pass finds nothing. `enqueue` changes nothing here."""
    if now.astimezone(GENEVA).hour != NIGHT_HOUR:
        return {"contribution_addresses_erased": 0, "unfinished_erased": 0}
    found = due(on=day_of(now)).values_list("pk", flat=True)
    erased = sum(_erase_due(pk, on=day_of(now)) for pk in list(found))
    if erased:
        erasing.purge_copies(with_records=True)
    return {"contribution_addresses_erased": erased, "unfinished_erased": _clear_unfinished(on=day_of(now))}


def _clear_unfinished(*, on: date) -> int:
    """The database forgets their keys at once and not within the hour, as the last day was told to their writers."""
    count = sum(unfinished.clear(call) for call in unfinished.calls_to_clear(on=on))
    if count:
        erasing.purge_copies()
    return count


def due(*, on: date) -> QuerySet:
    """With an address whose time is over: counted from the issue of the report, or from closing without one."""
    last = on - timedelta(days=settings.CONTRIBUTION_EMAIL_KEPT_DAYS)
    alone = Q(call__report=None, call__closes_at__lt=morning_of(last))
    sealed = SealedRecord.objects.filter(compartment=OuterRef("content"), kind=Kind.CONTACT)
    return Contribution.objects.filter(
        Q(call__report__issued_on__lt=last) | alone,
        ~Q(email="") | Exists(sealed),
    )


@transaction.atomic
def _erase_due(pk, *, on: date) -> bool:
    row = due(on=on).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        return False
    _erase(row, by=None)
    return True


@transaction.atomic
def erase_address(contribution: Contribution, *, by) -> Contribution:
    """At the wish of its sender, before its time."""
    row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
    _erase(row, by=by)
    transaction.on_commit(lambda: erasing.purge_copies(with_records=True), robust=True)
    return row


def _erase(row: Contribution, *, by) -> None:
    row.email = ""
    row.save(update_fields=["email"])
    if row.content_id:
        erasing.erase_records(SealedRecord.objects.filter(compartment=row.content_id, kind=Kind.CONTACT))
    outbox.erase(mails.mails_of(row))
    audit.record(by=by, verb="contribution.address_erased", target=row)
