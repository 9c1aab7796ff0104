"""How a report gets in, and how its sender comes back by a number. No request of a reporter leaves a time.

The form's hidden token carries the number, so nothing is kept before a report is sent, and however often the same
token is sent, it makes one case.
"""

import base64
import binascii
import hashlib
import hmac
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from iesogi.vault import guard, installation, receipts, records, sealing
from iesogi.vault.enums import EpochState, Kind, Slug
from iesogi.vault.exceptions import Damaged, NotOpenYet, TokenRefused, UnknownNumber
from iesogi.vault.models import ChannelEpoch, Compartment, CompartmentGrant, Receipt, SealedRecord
from iesogi.vault.records import Opened, Part, Place

logger = logging.getLogger(__name__)
TOKEN_LASTS = timedelta(hours=12)
TOKEN_AT_LEAST = timedelta(seconds=5)
TOKEN = "form token"  # noqa: S105, what the token is bound to
UUID_SIZE = 16


# --- The form token -------------------------------------------------------------------------------


def new_token(*, now: datetime) -> str:
    plain = int(now.timestamp()).to_bytes(8, "big") + receipts.new_number().encode()
    return base64.urlsafe_b64encode(sealing.seal(installation.subkey(TOKEN), plain, aad=TOKEN)).decode()


def read_token(token: str, *, now: datetime) -> str:
    """The number inside. A refusal is answered with the same page, a new token, and all that was typed."""
    try:
        sealed = base64.urlsafe_b64decode(token.encode())
        plain = sealing.unseal(installation.subkey(TOKEN), sealed, aad=TOKEN)
    except (Damaged, binascii.Error, ValueError) as error:
        raise TokenRefused(_("Part of this page was lost. Nothing was sent yet; please send again.")) from error
    age = now - datetime.fromtimestamp(int.from_bytes(plain[:8], "big"), UTC)
    if age > TOKEN_LASTS:
        raise TokenRefused(_("This page was open for more than 12 hours. Nothing was sent yet; please send again."))
    if age < TOKEN_AT_LEAST:
        raise TokenRefused(_("This came faster than a person can write. Nothing was sent yet; please send again."))
    return plain[8:].decode()


# --- Numbers --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Derived:
    lookup_id: bytes
    wrap_key: bytes = field(repr=False)


def derive(number: str) -> Derived:
    """One salt for the installation, or no number could be looked up; the pepper is never in the database."""
    peppered = hmac.new(installation.subkey("number pepper"), number.encode(), hashlib.sha256).digest()
    salt = installation.subkey("number salt", size=sealing.SALT)
    with guard.kdf_slot():
        both = sealing.stretch(peppered, salt, cost=settings.RECEIPT_KDF, size=2 * sealing.KEY)
    return Derived(both[: sealing.KEY], both[sealing.KEY :])


@dataclass(frozen=True)
class Thread:
    """What a number opens: the thread key, and where to write to. Nothing that was sent before can be read with it."""

    key: bytes = field(repr=False)
    content: Place
    identity: Place | None

    def packed(self) -> bytes:
        places = [self.content, *([self.identity] if self.identity else [])]
        return self.key + b"".join(place.uuid.bytes + place.public for place in places)

    @classmethod
    def unpacked(cls, data: bytes) -> "Thread":
        size = UUID_SIZE + sealing.KEY
        rows = [data[start : start + size] for start in range(sealing.KEY, len(data), size)]
        places = [Place(UUID(bytes=row[:UUID_SIZE]), row[UUID_SIZE:]) for row in rows]
        return cls(data[: sealing.KEY], places[0], places[1] if len(places) > 1 else None)


def _receipt_context(lookup_id: bytes, content: UUID) -> str:
    return sealing.context("receipt", lookup_id.hex(), content)


# --- Submit ---------------------------------------------------------------------------------------


class Submitted(NamedTuple):
    content: UUID
    identity: UUID | None
    is_new: bool
    may_show_number: bool


@dataclass(frozen=True)
class _Half:
    """A compartment in the making."""

    place: Place
    private: bytes = field(repr=False)
    epoch: ChannelEpoch
    parts: list[Part]


def submit_sealed(
    *,
    number: str | None,
    content: Iterable[Part],
    identity: Iterable[Part] = (),
    channel: Slug = Slug.CASES,
    identity_channel: Slug | None = Slug.IDENTITY,
    at: datetime,
    then: Callable[[Submitted], Any] | None = None,
) -> Submitted:
    """Seal a report into new compartments. The same number again gives the same answer and writes nothing.

    `then` makes the caller's own rows in the same transaction; it is not called for a number that is known already.
    Staff who enter a report that came by mail pass no number.
    """
    derived = derive(number) if number else None
    known = derived and _known(derived)
    if known:
        return known
    thread = sealing.new_key()
    halves = [_half(channel, content)]
    if identity_channel:
        halves.append(_half(identity_channel, identity))
    try:
        return _store(halves, thread, derived, at=at, then=then)
    except IntegrityError:
        # Two posts of one token at once: the first commit wins, and this one answers like a repeat.
        known = derived and _known(derived)
        if not known:
            raise
        return known


def _known(derived: Derived) -> Submitted | None:
    receipt = Receipt.objects.filter(lookup_id=derived.lookup_id).first()
    if receipt is None:
        return None
    thread = _open_receipt(receipt, derived)
    identity = thread.identity.uuid if thread.identity else None
    return Submitted(thread.content.uuid, identity, is_new=False, may_show_number=not receipt.confirmed)


def _half(slug: Slug, parts: Iterable[Part]) -> _Half:
    pair = sealing.new_pair()
    place = Place(uuid4(), pair.public)
    return _Half(place, pair.private, current_epoch(slug), list(parts))


def current_epoch(slug: Slug) -> ChannelEpoch:
    epoch = ChannelEpoch.objects.current().select_related("channel").filter(channel__slug=slug).first()
    if epoch is None:
        raise NotOpenYet(_("This form is not open yet. Please come back later."))
    return _trusted(epoch)


def pin_of(epoch: ChannelEpoch) -> bytes:
    """Ties a public half to the intake secret, so that one put in through the database catches no report."""
    where = sealing.context("epoch", epoch.channel.slug, epoch.number)
    return sealing.keyed(installation.subkey("epoch pins"), where.encode(), epoch.public, purpose="epoch pin")


def _trusted(epoch: ChannelEpoch) -> ChannelEpoch:
    if sealing.same(pin_of(epoch), epoch.pin):
        return epoch
    logger.critical(
        "The key of a channel is not the one it was made with; no report is sealed to it. See security.md."
    )
    raise NotOpenYet(_("This form is not open at the moment. Please come back later."))


@transaction.atomic
def _store(halves, thread, derived, *, at, then) -> Submitted:
    places = [half.place for half in halves]
    for half in halves:
        Compartment.objects.create(uuid=half.place.uuid, public=half.place.public, channel_id=half.epoch.channel_id)
    if derived:
        _write_receipt(derived, Thread(thread, places[0], places[1] if len(places) > 1 else None))
    mark_key = sealing.mark_key_of(thread)
    for half in halves:
        records.write(half.place, half.parts, mark_key=mark_key, thread=thread, at=at)
    submitted = Submitted(places[0].uuid, places[1].uuid if len(places) > 1 else None, True, True)
    if then:
        then(submitted)
    _write_grants(halves, thread, mark_key)
    return submitted


def _write_receipt(derived: Derived, thread: Thread) -> None:
    where = _receipt_context(derived.lookup_id, thread.content.uuid)
    box = sealing.seal(derived.wrap_key, thread.packed(), aad=where)
    Receipt.objects.create(lookup_id=derived.lookup_id, compartment_id=thread.content.uuid, box=box)


def _write_grants(halves: list[_Half], thread: bytes, mark_key: bytes) -> None:
    """The last act: under the lock of each epoch, so that a rotation in between never leaves a case behind."""
    for number, half in enumerate(halves):
        with_key = {"thread": thread} if number == 0 else {"mark_key": mark_key}
        epoch = _locked_current(half.epoch)
        sealed = records.seal_grant(half.place, half.private, epoch, **with_key)
        CompartmentGrant.objects.create(compartment_id=half.place.uuid, epoch=epoch, sealed=sealed)


def _locked_current(epoch: ChannelEpoch) -> ChannelEpoch:
    while True:
        locked = ChannelEpoch.objects.select_for_update(of=("self",)).select_related("channel").get(pk=epoch.pk)
        if locked.state == EpochState.CURRENT:
            return _trusted(locked)
        epoch = current_epoch(locked.channel.slug)


# --- The receipt page and the return ---------------------------------------------------------------


def confirm(number: str, last_group: str) -> bool:
    """The last group was typed again; from now on no token shows the number any more."""
    if not receipts.ends_with(number, last_group):
        return False
    return Receipt.objects.filter(lookup_id=derive(number).lookup_id).update(confirmed=True) == 1


def open_by_number(typed: str) -> Thread:
    """Same work and same words for a number that is unknown and for a receipt that was tampered with."""
    derived = derive(receipts.read_number(typed))
    receipt = Receipt.objects.filter(lookup_id=derived.lookup_id).first()
    try:
        return _open_receipt(receipt or _nobodys(derived), derived)
    except Damaged as error:
        raise UnknownNumber(
            _("This number opens nothing. Check the digits; a report that was closed long ago does not open either.")
        ) from error


def _nobodys(derived: Derived) -> Receipt:
    """A miss does what a hit does."""
    return Receipt(lookup_id=derived.lookup_id, compartment_id=UUID(int=0), box=bytes(200))


def _open_receipt(receipt: Receipt, derived: Derived) -> Thread:
    where = _receipt_context(receipt.lookup_id, receipt.compartment_id)
    return Thread.unpacked(sealing.unseal(derived.wrap_key, receipt.box, aad=where))


@transaction.atomic
def add(thread: Thread, *, content: Iterable[Part] = (), identity: Iterable[Part] = (), at: datetime) -> None:
    """More from the same source. The public halves come from the receipt; the database is not asked."""
    places = [place.uuid for place in (thread.content, thread.identity) if place]
    if Compartment.objects.filter(uuid__in=places).count() < len(places):
        raise UnknownNumber(_("This report was closed while this page was open, so nothing more can be added to it."))
    mark_key = sealing.mark_key_of(thread.key)
    records.write(thread.content, content, mark_key=mark_key, at=at)
    if thread.identity:
        records.write(thread.identity, identity, mark_key=mark_key, at=at)


def answers(thread: Thread) -> list[Opened]:
    """What the mandate wrote to this source, oldest first. A forged or damaged answer is left out; staff see it."""
    rows = SealedRecord.objects.filter(compartment_id=thread.content.uuid, kind=Kind.MESSAGE_OUT)
    opened = [each for row in rows if (each := _answer(row, thread))]
    return sorted(opened, key=lambda each: each.at)


def _answer(row: SealedRecord, thread: Thread) -> Opened | None:
    try:
        return records.read_answer(row, thread.content, thread.key)
    except Damaged:
        return None


def sent(thread: Thread) -> Counter:
    """How many records of each kind lie in the case: “you sent 3 messages, 1 file”."""
    places = [place.uuid for place in (thread.content, thread.identity) if place]
    return Counter(SealedRecord.objects.filter(compartment__in=places).values_list("kind", flat=True))
