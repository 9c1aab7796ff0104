"""What somebody wants to finish another day, kept on the server so that the number alone opens it.

No channel holds a key to it, so neither staff nor the two paper halves read it before it is sent. Each save is sealed
under a new key, which lies in a small row under a key made from the number: to erase is to take that row away. Found
by another value than a receipt, so the tables do not tell which report was once unfinished. As with a report, no row
carries a clock or a running number.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from iesogi.vault import blobs, editions, receipts, sealing, uploads
from iesogi.vault.editions import Seen
from iesogi.vault.exceptions import Damaged, SentAlready
from iesogi.vault.intake import Derived
from iesogi.vault.models import Receipt, Unfinished, UnfinishedPart
from iesogi.vault.uploads import Sealed, SealedUpload

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptFile:
    """One file as it was sealed while it arrived. `about` says where on the form it belongs, in the caller's word."""

    uuid: UUID
    record: UUID  # what it is sealed for, now and when it is sent
    name: str = field(repr=False)
    size: int
    sha256: str = field(repr=False)
    about: str
    key: bytes = field(repr=False)
    blob: str

    def as_upload(self) -> SealedUpload:
        """As if it had come just now, so that sending hands it on. Damaged if any of it was changed or is missing."""
        blob = blobs.open_blob(self.blob)
        try:
            sealing.verify_stream(self.key, blob, aad=sealing.file_context(self.record))
        except BaseException:
            blob.close()
            raise
        sealed = Sealed(self.record, self.key, blob, self.sha256)
        return uploads.read_again(sealed, self.name, size=self.size)


@dataclass(frozen=True)
class Kept:
    """`uuid` is that of the row, which callers point at; `saved_by` is the page that it came from."""

    uuid: UUID
    content: Any = field(repr=False)
    files: tuple[KeptFile, ...]
    confirmed: bool
    edition: str
    saved_by: str = field(repr=False)


class NewFile(NamedTuple):
    about: str
    upload: SealedUpload


# --- Keys -----------------------------------------------------------------------------------------


def _lookup(derived: Derived) -> bytes:
    """Made from the secret half, so a receipt of the same number does not lead here."""
    return sealing.keyed(derived.wrap_key, purpose="unfinished id")


def _wrap(derived: Derived) -> bytes:
    return sealing.keyed(derived.wrap_key, purpose="unfinished key")


def _context(row: UUID) -> str:
    return sealing.context("unfinished", row)


# --- Open -----------------------------------------------------------------------------------------


def find(derived: Derived) -> Kept | None:
    """What is kept under this number; also None, with a line in the log, where it was tampered with."""
    row = (
        UnfinishedPart.objects.select_related("unfinished")
        .filter(unfinished__lookup_id=_lookup(derived), blob="")
        .first()
    )  # one query, so that a save in between never gives the key of one and the body of another
    if row is None:
        return None
    try:
        return _opened(row, derived)
    except Damaged:
        logger.error("An unfinished text does not open: its row was changed or moved.")
        return None


def _opened(row: UnfinishedPart, derived: Derived) -> Kept:
    where = _context(row.unfinished_id)
    key = sealing.unseal(_wrap(derived), row.unfinished.box, aad=where)
    found = sealing.open_record(key, row.body, aad=where)
    files = tuple(_read_file(each) for each in found["files"])
    saved_by = found.get("saved_by", "")
    edition = editions.edition_of(key)
    return Kept(row.unfinished_id, found["content"], files, row.unfinished.confirmed, edition, saved_by)


def _read_file(found: dict) -> KeptFile:
    uuids = {name: UUID(found[name]) for name in ("uuid", "record")}
    return KeptFile(**found | uuids | {"key": bytes.fromhex(found["key"])})


def _written_file(file: KeptFile) -> dict:
    as_text = {"uuid": str(file.uuid), "record": str(file.record), "key": file.key.hex()}
    return {each.name: getattr(file, each.name) for each in fields(file)} | as_text


# --- Keep -----------------------------------------------------------------------------------------


def keep(
    derived: Derived,
    content: Any,
    *,
    staying: Collection[UUID] = (),
    new: Iterable[NewFile] = (),
    at: datetime,
    seen: Seen | None = None,
    then: Callable[[UUID], Any] | None = None,
) -> Kept:
    """Keep all of it anew under the same number; of the files that lie there, those that are `staying`.

    A new file of the same name at the same place takes the place of the old one. `then` makes the caller's own row, in
    the same transaction, the first time. Raises SentAlready, or SavedMeanwhile where something else lies there than
    was `seen`; then nothing is kept. Of many saves at once that have seen the same, one is kept.
    """
    _refuse_if_sent(derived)
    fresh: list[KeptFile] = []
    try:
        fresh.extend(_kept_file(each) for each in new)
        kept = _stored(derived, content, staying, fresh, at=at, seen=seen, then=then)
    except BaseException:
        blobs.drop(file.blob for file in fresh)
        raise
    try:
        _refuse_if_sent(derived)  # by somebody who sent between the first look and the commit
    except SentAlready:
        end(derived)
        raise
    return kept


def _refuse_if_sent(derived: Derived) -> None:
    if Receipt.objects.filter(lookup_id=derived.lookup_id).exists():
        raise SentAlready(_("This was sent already, so it is not unfinished any more."))


def _kept_file(new: NewFile) -> KeptFile:
    """Under an uuid of its own, so that no row says later which record of a case it became."""
    sealed = new.upload.sealed
    return KeptFile(
        uuid=uuid4(),
        record=sealed.record,
        name=new.upload.name,
        size=new.upload.size,
        sha256=sealed.sha256,
        about=new.about,
        key=sealed.key,
        blob=blobs.keep(sealed.file),
    )


def _stored(derived, content, staying, fresh, **kwargs) -> Kept:
    try:
        return _store(derived, content, staying, fresh, **kwargs)
    except IntegrityError:
        # Two first saves of one page at once: the other one made the row, and this one writes over it.
        return _store(derived, content, staying, fresh, **kwargs)


@transaction.atomic
def _store(derived, content, staying, fresh, *, at, seen, then) -> Kept:
    row, before = _locked(derived, seen)
    is_new = row is None
    row = row or Unfinished(lookup_id=_lookup(derived))
    files = (*_staying(before, staying, fresh), *fresh)
    key, where, saved_by = sealing.new_key(), _context(row.uuid), seen.page if seen else ""
    written = {"content": content, "files": [_written_file(each) for each in files], "saved_by": saved_by}
    body = sealing.seal_record(key, written, aad=where)
    row.box = sealing.seal(_wrap(derived), key, aad=where)
    row.save(force_insert=is_new)
    _replace_parts(row, body, files, fresh)
    if is_new and then:
        then(row.uuid)
    transaction.on_commit(lambda: blobs.blur([file.blob for file in fresh], now=at), robust=True)
    return Kept(row.uuid, content, files, row.confirmed, editions.edition_of(key), saved_by)


def _locked(derived: Derived, seen: Seen | None) -> tuple[Unfinished | None, Kept | None]:
    """The row, which nobody else changes until the transaction ends, and what it holds where that opens."""
    row = Unfinished.objects.select_for_update().filter(lookup_id=_lookup(derived)).first()
    before = find(derived) if row else None
    if seen:
        edition, saved_by = (before.edition, before.saved_by) if before else (editions.NOTHING_YET, "")
        editions.refuse_if_overtaken(seen, edition=edition, saved_by=saved_by)
    return row, before


def _staying(before: Kept | None, staying: Collection[UUID], fresh: list[KeptFile]) -> list[KeptFile]:
    replaced = {(file.about, file.name) for file in fresh}
    files = before.files if before else ()
    return [file for file in files if file.uuid in staying and (file.about, file.name) not in replaced]


def _replace_parts(row: Unfinished, body: bytes, files: tuple[KeptFile, ...], fresh: list[KeptFile]) -> None:
    gone = row.parts.exclude(pk__in=[file.uuid for file in files])
    names = [name for name in gone.values_list("blob", flat=True) if name]
    gone.delete()
    parts = [UnfinishedPart(unfinished=row, body=body)]
    parts += [UnfinishedPart(uuid=file.uuid, unfinished=row, blob=file.blob) for file in fresh]
    UnfinishedPart.objects.bulk_create(parts)
    transaction.on_commit(lambda: blobs.drop(names), robust=True)


def confirm(derived: Derived, number: str, last_group: str) -> bool:
    """The last group was typed again; from now on no token shows the number any more."""
    if not receipts.ends_with(number, last_group):
        return False
    return Unfinished.objects.filter(lookup_id=_lookup(derived)).update(confirmed=True) == 1


# --- End ------------------------------------------------------------------------------------------


def sent(derived: Derived, *, came_back: bool, seen: Seen | None = None) -> None:
    """Within the transaction that sends it. Whoever has the number written down is not shown it again.

    Raises SavedMeanwhile, and then nothing may be sent, where something else lies there than was `seen`.
    """
    _locked(derived, seen)
    rows = Unfinished.objects.filter(lookup_id=_lookup(derived))
    if came_back or rows.filter(confirmed=True).exists():
        Receipt.objects.filter(lookup_id=derived.lookup_id).update(confirmed=True)
    end(derived)
    # Once more after the commit: a save that was under way had not been there to be seen.
    transaction.on_commit(lambda: end(derived), robust=True)


def end(derived: Derived) -> int:
    return erase(Unfinished.objects.filter(lookup_id=_lookup(derived)).values_list("pk", flat=True))


@transaction.atomic
def erase(rows: Iterable[UUID]) -> int:
    """How many went. The tick has the database forget their keys within the hour (`erasing.purge_copies`)."""
    rows = list(Unfinished.objects.select_for_update().filter(pk__in=list(rows)).values_list("pk", flat=True))
    if not rows:
        return 0
    parts = UnfinishedPart.objects.filter(unfinished__in=rows)
    names = list(parts.exclude(blob="").values_list("blob", flat=True))
    Unfinished.objects.filter(pk__in=rows).delete()  # with the caller's row, which points here
    transaction.on_commit(lambda: blobs.drop(names), robust=True)
    return len(rows)
