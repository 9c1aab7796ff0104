"""A copy without hidden data goes into the open: by somebody who has the contribution open, one file at a time."""

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.vault import files
from iesogi.vault.enums import Kind, Scan
from iesogi.vault.members import open_compartment
from iesogi.vault.models import SealedRecord
from iesogi.vault.sessions import Unlocked
from reports.contributions.exceptions import ContributionRefused
from reports.contributions.models import Contribution, ContributionFile, PublishedFile
from reports.contributions.opening import about_of, clean, name_of
from reports.contributions.screening import locked

FOLDER = "contributions"


def release(contribution: Contribution, original: UUID, *, unlocked: Unlocked, at: datetime) -> PublishedFile:
    """Of an original only its cleaned copy leaves, made now if there is none. A second time changes nothing."""
    if contribution.published_at is None:
        raise ContributionRefused(_("Publish the contribution first; its files follow one by one."))
    cleaned = clean(contribution, original, unlocked=unlocked, at=at)
    return _release(contribution, cleaned, unlocked=unlocked)


@transaction.atomic
def _release(contribution: Contribution, cleaned: UUID, *, unlocked: Unlocked) -> PublishedFile:
    row = locked(contribution)
    if row.published_at is None:
        raise ContributionRefused(_("The contribution was taken down in the meantime, so its files stay sealed."))
    source = ContributionFile.objects.get(contribution=row, cleaned=cleaned)
    if known := PublishedFile.objects.filter(source=source).first():
        return known
    opened = open_compartment(unlocked, row.content_id)
    about = about_of(row, cleaned, opened)
    if about.get("scan") == Scan.INFECTED:
        raise ContributionRefused(_("A scanner found malware in this file, so no copy of it is published."))
    data = b"".join(files.download(SealedRecord.objects.get(pk=cleaned), opened))
    stored = default_storage.save(f"{FOLDER}/{uuid4().hex}", ContentFile(data))
    try:
        return _kept(row, source, name_of(about, Kind.FILE_CLEANED), stored, data, unlocked)
    except BaseException:
        default_storage.delete(stored)
        raise


def _kept(row, source, name, stored, data, unlocked) -> PublishedFile:
    published = PublishedFile.objects.create(
        contribution=row,
        source=source,
        name=name,
        stored=stored,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    audit.record(by=unlocked.user, verb="contribution.file_published", target=row)
    return published
