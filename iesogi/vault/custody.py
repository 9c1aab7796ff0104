"""What a custodian does with an original: clean it again, or give it to the team as it is.

A custodian need not be able to open the content. So nothing there is read or changed: what is new comes as records
of its own, and `latest` lays it over what was said of the file before.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.vault import blobs, cleaning, files, records
from iesogi.vault.enums import FileOutcome, Kind
from iesogi.vault.exceptions import VaultRefused
from iesogi.vault.files import StoredFile
from iesogi.vault.members import open_compartment
from iesogi.vault.models import Compartment, CompartmentGrant, SealedRecord
from iesogi.vault.records import OpenCompartment, Part, Place
from iesogi.vault.sessions import Unlocked


def clean_again(original: SealedRecord, *, content: UUID, unlocked: Unlocked, at: datetime) -> StoredFile:
    """A new cleaned copy for the team, after the cleaner has learned a kind, or had more time."""
    opened, place = _places(original, content, unlocked)
    clock = cleaning.Clock(settings.CLEANING_SECONDS)
    part, found = files.cleaned_copy(files.download(original, opened), clock)
    if part is None:
        raise VaultRefused(found.reason.label)
    about = _about(original, FileOutcome.CLEANED, part) | files.told_by_cleaning(found)
    return _write(original, place, part, about, opened, verb="file.cleaned_again", by=unlocked, at=at)


def release_to_team(original: SealedRecord, *, content: UUID, unlocked: Unlocked, at: datetime) -> StoredFile:
    """The untouched file, with all that it tells of its maker, for everyone who may open the content."""
    opened, place = _places(original, content, unlocked)
    part = files.sealed(Kind.FILE_ORIGINAL, files.download(original, opened))
    about = _about(original, FileOutcome.ORIGINAL_ONLY, part)
    return _write(original, place, part, about, opened, verb="file.released", by=unlocked, at=at)


def _places(original: SealedRecord, content: UUID, unlocked: Unlocked) -> tuple[OpenCompartment, Place]:
    if original.kind != Kind.FILE_ORIGINAL:
        raise VaultRefused(_("This is not the original of a file."))
    row = Compartment.objects.filter(pk=content).first()
    if row is None:
        raise VaultRefused(_("This case was closed in the meantime."))
    return open_compartment(unlocked, original.compartment_id), Place(row.uuid, row.public)


def _about(original: SealedRecord, outcome: FileOutcome, part: Part) -> dict[str, Any]:
    uuids = {FileOutcome.CLEANED: "cleaned", FileOutcome.ORIGINAL_ONLY: "released"}
    return {"original": str(original.uuid), "outcome": outcome.value, uuids[outcome]: str(part.uuid)}


def _write(original, place, part, about, opened, *, verb, by, at) -> StoredFile:
    told = Part(Kind.FILE_ABOUT, about)
    try:
        with transaction.atomic():
            if not CompartmentGrant.objects.select_for_update().filter(compartment=place.uuid).exists():
                raise VaultRefused(_("This case was closed in the meantime."))
            records.write(place, [part, told], mark_key=opened.mark_key, at=at)
            audit.record(by=by.user, verb=verb, target=original)
            transaction.on_commit(lambda: blobs.blur([part.blob], now=at), robust=True)
    except BaseException:
        blobs.drop([part.blob])
        raise
    cleaned = part.uuid if part.kind == Kind.FILE_CLEANED else None
    return StoredFile(FileOutcome(about["outcome"]), told.uuid, cleaned, original.uuid)


def latest(abouts: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One for each file, from all `about` contents of a case, oldest first; a custodian's word lies over the first."""
    found: dict[str, dict[str, Any]] = {}
    for number, about in enumerate(abouts):
        key = about["original"] or f"left out {number}"
        found[key] = found.get(key, {}) | about
    yield from found.values()
