"""Write into a compartment by its public half; read with what a grant or a number has opened.

What holds a key or a text leaves it out of its repr, so that neither gets into a log or an error report.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from iesogi.vault import sealing
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import Damaged
from iesogi.vault.models import CompartmentGrant, SealedRecord

# What follows the private half in a grant: the thread key, or only the mark key made from it.
THREAD, MARK = b"t", b"m"


class Place(NamedTuple):
    """A compartment to write to. Reporters bring the public half in their receipt, whatever the database says."""

    uuid: UUID
    public: bytes


@dataclass(frozen=True)
class Part:
    """One text, or one file that was sealed as it arrived (then with its record's uuid, key and blob name)."""

    kind: Kind
    content: Any = field(default=None, repr=False)
    uuid: UUID = field(default_factory=uuid.uuid4)
    key: bytes = field(default_factory=sealing.new_key, repr=False)
    blob: str = ""


@dataclass(frozen=True)
class Opened:
    uuid: UUID
    kind: Kind
    at: datetime | None
    content: Any = field(repr=False)


@dataclass(frozen=True)
class OpenCompartment:
    """A compartment whose grant was opened. `thread` is empty for identity compartments."""

    place: Place
    private: bytes = field(repr=False)
    thread: bytes = field(repr=False)
    mark_key: bytes = field(repr=False)


def grant_context(place: UUID, epoch) -> str:
    return sealing.context("compartment", place, epoch.slug, epoch.number)


def record_context(place: UUID, kind: str, record: UUID) -> str:
    return sealing.context("record", place, Kind(kind).value, record)


def seal_part(place: Place, part: Part, *, mark_key: bytes, at: datetime, thread: bytes = b"") -> SealedRecord:
    """The row for one part, not saved. Answers go under the thread key, all else under the compartment."""
    where = record_context(place.uuid, part.kind, part.uuid)
    if part.kind == Kind.MESSAGE_OUT:
        sealed_key = sealing.seal(sealing.answer_key_of(thread), part.key, aad=where)
    else:
        sealed_key = sealing.grant(place.public, where, part.key)
    body = None
    if not part.blob:
        body = sealing.seal_record(part.key, {"at": at.isoformat(), "content": part.content}, aad=where)
    return SealedRecord(
        uuid=part.uuid,
        compartment_id=place.uuid,
        kind=part.kind,
        sealed_key=sealed_key,
        body=body,
        blob=part.blob,
        mark=sealing.mark(mark_key, where, sealed_key, body or part.blob.encode()),
    )


def write(place: Place, parts: Iterable[Part], *, mark_key: bytes, at: datetime, thread: bytes = b"") -> None:
    write_all([(place, parts)], mark_key=mark_key, at=at, thread=thread)


def write_all(
    places: Iterable[tuple[Place, Iterable[Part]]], *, mark_key: bytes, at: datetime, thread: bytes = b""
) -> None:
    """Into several compartments of one case, in one insert."""
    SealedRecord.objects.bulk_create(
        seal_part(place, part, mark_key=mark_key, at=at, thread=thread) for place, parts in places for part in parts
    )


def open_grant(grant: CompartmentGrant, channel_key: bytes) -> OpenCompartment:
    compartment = grant.compartment
    opened = sealing.open_grant(channel_key, grant_context(compartment.uuid, grant.epoch), grant.sealed)
    private, rest = opened[: sealing.KEY], opened[sealing.KEY :]
    if sealing.public_of(private) != compartment.public:
        raise Damaged(_("The key of this compartment is not the one it was made with."))
    is_thread = rest[:1] == THREAD
    return OpenCompartment(
        place=Place(compartment.uuid, compartment.public),
        private=private,
        thread=rest[1:] if is_thread else b"",
        mark_key=sealing.mark_key_of(rest[1:]) if is_thread else rest[1:],
    )


def seal_grant(place: Place, private: bytes, epoch, *, thread: bytes = b"", mark_key: bytes = b"") -> bytes:
    """The private half with the thread key (content), or with only the mark key made from it (identity)."""
    rest = THREAD + thread if thread else MARK + mark_key
    return sealing.grant(epoch.public, grant_context(place.uuid, epoch), private + rest)


def key_of(record: SealedRecord, opened: OpenCompartment) -> bytes:
    """The record's own key, after its mark was checked: a row forged or changed in the database is refused."""
    where = record_context(opened.place.uuid, record.kind, record.uuid)
    _check_mark(record, opened.mark_key, where)
    if record.kind == Kind.MESSAGE_OUT:
        return sealing.unseal(sealing.answer_key_of(opened.thread), record.sealed_key, aad=where)
    return sealing.open_grant(opened.private, where, record.sealed_key)


def read(record: SealedRecord, opened: OpenCompartment) -> Opened:
    return read_with(record, key_of(record, opened))


def read_answer(record: SealedRecord, place: Place, thread: bytes) -> Opened:
    """What a number opens: an answer to the source, under the thread key alone."""
    where = record_context(place.uuid, record.kind, record.uuid)
    _check_mark(record, sealing.mark_key_of(thread), where)
    return read_with(record, sealing.unseal(sealing.answer_key_of(thread), record.sealed_key, aad=where))


def read_with(record: SealedRecord, key: bytes) -> Opened:
    """`content` is empty for a file, whose stream opens by `key` and the record's context."""
    kind = Kind(record.kind)
    if record.blob:
        return Opened(record.uuid, kind, None, None)
    found = sealing.open_record(key, record.body, aad=record_context(record.compartment_id, kind, record.uuid))
    return Opened(record.uuid, kind, datetime.fromisoformat(found["at"]), found["content"])


def _check_mark(record: SealedRecord, mark_key: bytes, where: str) -> None:
    body = record.blob.encode() if record.body is None else record.body
    if not sealing.same(sealing.mark(mark_key, where, record.sealed_key, body), record.mark):
        raise Damaged(_("This record was changed, or written by somebody who does not belong to the case."))
