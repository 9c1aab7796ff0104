"""How a report gets in, and how its sender comes back by a number. No request of a reporter leaves a time.

The form's hidden token (`tokens`) carries the number, so nothing is kept before a report is sent, and however often
the same token is sent, it makes one case.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from iesogi.vault import blobs, epochs, guard, installation, receipts, records, sealing
from iesogi.vault import files as case_files
from iesogi.vault.enums import Kind, Slug
from iesogi.vault.exceptions import Damaged, UnknownNumber
from iesogi.vault.files import Batch, Incoming, StoredFile
from iesogi.vault.models import Compartment, CompartmentGrant, Receipt, SealedRecord
from iesogi.vault.prepared import Prepared
from iesogi.vault.records import Opened, Part, Place

UUID_SIZE = 16
TRIES = 3  # of keeping what clashes with a row of somebody else


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
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True)
class _Half:
    """A compartment in the making."""

    slug: Slug
    place: Place
    private: bytes = field(repr=False)
    parts: list[Part]


def submit_sealed(
    *,
    number: str | Derived | None,
    content: Iterable[Part],
    identity: Iterable[Part] = (),
    files: Iterable[Incoming] = (),
    channel: Slug = Slug.CASES,
    identity_channel: Slug | None = Slug.IDENTITY,
    at: datetime,
    then: Callable[[Submitted], Any] | None = None,
) -> Submitted:
    """Seal a report into new compartments. The same number again gives the same answer and writes nothing.

    `then` makes the caller's own rows in the same transaction; it is not called for a number that is known already,
    and no file is looked at then. Where a row of its own clashes, such as one with a reference that somebody else
    has, all is undone and it is called again. Staff who enter a report that came by mail pass no number.
    """
    derived = derive(number) if isinstance(number, str) and number else number or None
    known = derived and _known(derived)
    if known:
        return known
    halves = [_half(channel, content), *([_half(identity_channel, identity)] if identity_channel else [])]
    batch = case_files.take(files, halves[0].place, halves[1].place if identity_channel else None)
    for half, parts in zip(halves, [batch.content, batch.identity], strict=False):
        half.parts.extend(parts)
    try:
        submitted = _stored(derived, partial(_store, halves, sealing.new_key(), derived, batch, at=at, then=then))
    except BaseException:
        batch.drop()
        raise
    if not submitted.is_new:
        batch.drop()
    return submitted


def _stored(derived: Derived | None, store: Callable[[], Submitted], *, tries: int = TRIES) -> Submitted:
    """Two posts of one token at once: the first commit wins, and the other answers like a repeat."""
    try:
        return store()
    except IntegrityError:
        known = derived and _known(derived)
        if known:
            return known
        if tries == 1:
            raise
    return _stored(derived, store, tries=tries - 1)


def _known(derived: Derived) -> Submitted | None:
    receipt = _receipt(derived)
    if receipt is None:
        return None
    thread = _open_receipt(receipt, derived)
    identity = thread.identity.uuid if thread.identity else None
    return Submitted(thread.content.uuid, identity, is_new=False, may_show_number=not receipt.confirmed)


def _half(slug: Slug, parts: Iterable[Part]) -> _Half:
    pair = sealing.new_pair()
    return _Half(slug, Place(uuid4(), pair.public), pair.private, list(parts))


@transaction.atomic
def _store(halves, thread, derived, batch, *, at, then) -> Submitted:
    places = [half.place for half in halves]
    if derived:
        _write_receipt(derived, Thread(thread, places[0], places[1] if len(places) > 1 else None))
    mark_key = sealing.mark_key_of(thread)
    records.write_all([(half.place, half.parts) for half in halves], mark_key=mark_key, thread=thread, at=at)
    identity = places[1].uuid if len(places) > 1 else None
    submitted = Submitted(places[0].uuid, identity, True, True, tuple(batch.stored))
    if then:
        then(submitted)
    _write_compartments(halves, thread, mark_key)
    _blur_after_commit(batch, at)
    return submitted


def _blur_after_commit(batch: Batch, at: datetime) -> None:
    """Until then a blob keeps its true time, by which the sweep knows what was never committed."""
    transaction.on_commit(lambda: blobs.blur(batch.blobs, now=at), robust=True)


def _write_receipt(derived: Derived, thread: Thread) -> None:
    where = _receipt_context(derived.lookup_id, thread.content.uuid)
    box = sealing.seal(derived.wrap_key, thread.packed(), aad=where)
    Receipt.objects.create(lookup_id=derived.lookup_id, compartment_id=thread.content.uuid, box=box)


def _write_compartments(halves: list[_Half], thread: bytes, mark_key: bytes) -> None:
    """The last act: under the locks of the epochs, so that a rotation in between never leaves a case behind."""
    current = epochs.current([half.slug for half in halves], locked=True)
    compartments, grants = [], []
    for number, half in enumerate(halves):
        with_key = {"thread": thread} if number == 0 else {"mark_key": mark_key}
        epoch, place = current[half.slug], half.place
        compartments.append(Compartment(uuid=place.uuid, public=place.public, channel_id=epoch.channel))
        sealed = records.seal_grant(place, half.private, epoch, **with_key)
        grants.append(CompartmentGrant(compartment_id=place.uuid, epoch_id=epoch.pk, sealed=sealed))
    Compartment.objects.bulk_create(compartments)
    CompartmentGrant.objects.bulk_create(grants)


# --- The receipt page and the return ---------------------------------------------------------------


def confirm(number: str, last_group: str) -> bool:
    """The last group was typed again; from now on no token shows the number any more."""
    if not receipts.ends_with(number, last_group):
        return False
    return Receipt.objects.filter(lookup_id=derive(number).lookup_id).update(confirmed=True) == 1


def known(number: str | Derived) -> Submitted | None:
    """What was sent with this number, if anything was."""
    return _known(derive(number) if isinstance(number, str) else number)


class _Receipt(NamedTuple):
    compartment: UUID
    box: bytes
    confirmed: bool


# A miss does what a hit does.
NOBODYS = _Receipt(UUID(int=0), bytes(200), False)


_receipts = Prepared(lambda: Receipt.objects.filter(lookup_id=bytes(sealing.KEY)).values_list(*_Receipt._fields))


def _receipt(derived: Derived) -> _Receipt | None:
    for compartment, box, confirmed in _receipts.rows(derived.lookup_id):
        return _Receipt(UUID(str(compartment)), box, bool(confirmed))
    return None


def open_by_number(typed: str) -> Thread:
    """Same work and same words for a number that is unknown and for a receipt that was tampered with."""
    return open_derived(derive(receipts.read_number(typed)))


def open_derived(derived: Derived) -> Thread:
    try:
        return _open_receipt(_receipt(derived) or NOBODYS, derived)
    except Damaged as error:
        raise UnknownNumber(
            _("This number opens nothing. Check the digits; a report that was closed long ago does not open either.")
        ) from error


def _open_receipt(receipt: _Receipt, derived: Derived) -> Thread:
    where = _receipt_context(derived.lookup_id, receipt.compartment)
    return Thread.unpacked(sealing.unseal(derived.wrap_key, receipt.box, aad=where))


def add(
    thread: Thread,
    *,
    content: Iterable[Part] = (),
    identity: Iterable[Part] = (),
    files: Iterable[Incoming] = (),
    at: datetime,
    then: Callable[[list[StoredFile]], Any] | None = None,
) -> list[StoredFile]:
    """More from the same source. The public halves come from the receipt; the database is not asked for them.

    `then` makes the caller's own changes in the same transaction.
    """
    batch = case_files.take(files, thread.content, thread.identity)
    try:
        _add(thread, [*content, *batch.content], [*identity, *batch.identity], batch, at=at, then=then)
    except BaseException:
        batch.drop()
        raise
    return batch.stored


@transaction.atomic
def _add(thread: Thread, content: list[Part], identity: list[Part], batch: Batch, *, at: datetime, then) -> None:
    places = [place.uuid for place in (thread.content, thread.identity) if place]
    if len(CompartmentGrant.objects.select_for_update(no_key=True).filter(compartment__in=places)) < len(places):
        raise UnknownNumber(_("This report was closed while this page was open, so nothing more can be added to it."))
    mark_key = sealing.mark_key_of(thread.key)
    records.write(thread.content, content, mark_key=mark_key, at=at)
    if thread.identity:
        records.write(thread.identity, identity, mark_key=mark_key, at=at)
    if then:
        then(batch.stored)
    _blur_after_commit(batch, at)


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
