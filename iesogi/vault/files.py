"""Files of a case: a cleaned copy for the team, the untouched original for the few who may know who it is.

The other rooms hand over `Incoming`, get `StoredFile` back, and give records to `download` and `response`; keys, blobs
and cleaning stay in here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from iesogi.vault import blobs, cleaning, records, scanning, sealing
from iesogi.vault.enums import FileNote, FileOutcome, IfUncleanable, Kind, Reason, Scan
from iesogi.vault.erasing import erase as erase  # for the other rooms, beside the rest
from iesogi.vault.exceptions import VaultRefused
from iesogi.vault.models import SealedRecord
from iesogi.vault.records import OpenCompartment, Part, Place
from iesogi.vault.uploads import SealedUpload

# How the name of a cleaned copy may end; the first one is added to a name that ends otherwise.
EXTENSIONS = {"jpeg": (".jpg", ".jpeg"), "text": (".txt", ".csv")} | {
    kind: (f".{kind}",) for kind in ("png", "webp", "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "odg")
}


@dataclass(frozen=True)
class Incoming:
    """One upload, and what its sender said of it."""

    upload: SealedUpload
    if_uncleanable: IfUncleanable
    description: str = field(default="", repr=False)
    # Kept as it came; a member of the channel makes the cleaned copy when it is needed (`custody.clean_again`).
    is_cleaned_later: bool = False


class StoredFile(NamedTuple):
    """What became of one file: the uuids of its records, and for the sender why there is no cleaned copy."""

    outcome: FileOutcome
    about: UUID
    cleaned: UUID | None
    original: UUID | None
    name: str = ""
    reason: Reason | None = None


@dataclass
class Batch:
    """Files sealed for one request. Blobs lie in the storage already; `drop` takes them away again."""

    content: list[Part] = field(default_factory=list)
    identity: list[Part] = field(default_factory=list)
    stored: list[StoredFile] = field(default_factory=list)

    @property
    def blobs(self) -> list[str]:
        return [part.blob for part in [*self.content, *self.identity] if part.blob]

    def drop(self) -> None:
        blobs.drop(self.blobs)


# --- In -------------------------------------------------------------------------------------------


def take(incoming: Iterable[Incoming], content: Place, identity: Place | None) -> Batch:
    """Scan, clean and seal each file. Without an identity compartment, originals go to the content."""
    batch, clock = Batch(), cleaning.Clock(settings.CLEANING_SECONDS)
    incoming = list(incoming)
    for each in incoming:
        if each.upload.problem:
            raise VaultRefused(each.upload.problem)
    try:
        for each in incoming:
            _take(each, batch, clock, content, identity)
    except BaseException:
        batch.drop()
        raise
    return batch


def _take(each: Incoming, batch: Batch, clock: cleaning.Clock, content: Place, identity: Place | None) -> None:
    scan = scanning.scan(each.upload.chunks())
    cleaned, found = None, cleaning.Cleaned("unknown", Reason.INFECTED)
    if each.is_cleaned_later:
        found = cleaning.Cleaned("unknown")
    elif scan != Scan.INFECTED:
        cleaned, found = cleaned_copy(each.upload.chunks(), clock)
    outcome = _outcome(cleaned, found.reason, each.if_uncleanable)
    if cleaned:
        batch.content.append(cleaned)
    original, sha256 = None, ""
    if outcome != FileOutcome.LEFT_OUT:
        original, sha256 = _original(each.upload), each.upload.sealed.sha256
        (batch.identity if identity else batch.content).append(original)
    about = Part(
        Kind.FILE_ABOUT,
        {
            "name": each.upload.name,
            "size": each.upload.size,
            "description": each.description,
            "outcome": outcome.value,
            "scan": scan.value,
            "sha256": sha256,
            "cleaned": str(cleaned.uuid) if cleaned else None,
            "original": str(original.uuid) if original else None,
        }
        | told_by_cleaning(found),
    )
    batch.content.append(about)
    uuids = about.uuid, cleaned.uuid if cleaned else None, original.uuid if original else None
    batch.stored.append(StoredFile(outcome, *uuids, each.upload.name, found.reason))


def _outcome(cleaned: Part | None, reason: Reason | None, wish: str) -> FileOutcome:
    """Malware is kept, with its mark, whatever was wished: a threat sent to a defender is evidence too."""
    if cleaned:
        return FileOutcome.CLEANED
    if wish == IfUncleanable.LEAVE_OUT and reason != Reason.INFECTED:
        return FileOutcome.LEFT_OUT
    return FileOutcome.ORIGINAL_ONLY


def told_by_cleaning(found: cleaning.Cleaned) -> dict[str, Any]:
    return {
        "type": found.kind,
        "reason": found.reason.value if found.reason else "",
        "notes": [{"code": code, "count": count} for code, count in found.notes.items() if count],
    }


def cleaned_copy(chunks: Iterable[bytes], clock: cleaning.Clock) -> tuple[Part | None, cleaning.Cleaned]:
    """The sealed copy, or None and the reason why there is none."""
    with cleaning.clean(chunks, clock) as found:
        if found.reason:
            return None, found
        try:
            return sealed(Kind.FILE_CLEANED, found.pieces), found
        except cleaning.NotCleaned as broken:
            return None, cleaning.Cleaned(found.kind, broken.args[0])


def _original(upload: SealedUpload) -> Part:
    """As it was sealed while it arrived, under the upload's own record and key: nothing is sealed twice."""
    kept = upload.sealed
    return Part(Kind.FILE_ORIGINAL, uuid=kept.record, key=kept.key, blob=blobs.keep(kept.file))


def sealed(kind: Kind, pieces: Iterable[bytes]) -> Part:
    part = Part(kind)
    stream = sealing.seal_stream(part.key, pieces, aad=sealing.file_context(part.uuid))
    return Part(kind, uuid=part.uuid, key=part.key, blob=blobs.save(stream))


# --- Out ------------------------------------------------------------------------------------------


def download(record: SealedRecord, opened: OpenCompartment) -> Iterator[bytes]:
    """The file in pieces. All of it is verified before this returns; Damaged, and not a byte, if any of it is not."""
    return download_with(record, records.key_of(record, opened))


def download_with(record: SealedRecord, key: bytes) -> Iterator[bytes]:
    blob = blobs.open_blob(record.blob)
    try:
        pieces = sealing.open_stream(key, blob, aad=sealing.file_context(record.uuid))
    except BaseException:
        blob.close()
        raise
    return _then_closed(pieces, blob)


def _then_closed(pieces: Iterator[bytes], blob) -> Iterator[bytes]:
    with blob:
        yield from pieces


def safe_name(name: str, *, kind: str = "") -> str:
    """A name for the reader's folder: no paths, no control or bidi characters, no hidden or endless names."""
    kept = "".join(each for each in name if unicodedata.category(each)[0] != "C")
    kept = re.sub(r'[\\/:*?"<>|]+', "_", kept).strip(" .")[-120:] or _("file")
    extensions = EXTENSIONS.get(kind, ("",))
    return kept if kept.lower().endswith(extensions) else kept + extensions[0]


def response(stream: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """Never shown in the page, never kept by browser or proxy, and no program runs in it."""
    answer = StreamingHttpResponse(stream, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = _attachment(safe_name(name))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def explained(about: dict[str, Any]) -> list[str]:
    """What staff should know of a file, from its `about` content: a sentence each, with how many there are."""
    notes = [f"{FileNote(each['code']).label} ({each['count']})" for each in about.get("notes", [])]
    reason = [Reason(about["reason"]).label] if about.get("reason") else []
    return [*reason, *notes]
