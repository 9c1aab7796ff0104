"""Into the open and out of it again: what stands in clear is never more than the sender agreed to."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction

from reports.contributions.enums import Publication
from reports.contributions.models import Contribution

NAMED = ["name", "cosigners"]
CLEAR = [*NAMED, "email"]


def restrict(row: Contribution, to: Publication) -> None:
    """The row is locked by the caller. Names go with “without name”; with “confidential” all that is in clear goes."""
    row.publication = to
    for name in CLEAR if to == Publication.CONFIDENTIAL else NAMED:
        setattr(row, name, "")
    fields = ["publication", *CLEAR]
    if to == Publication.CONFIDENTIAL:
        take_down(row)
        row.received_at = None
        row.answers.all().delete()
        row.quotes.all().delete()
        fields += ["received_at", "published_at"]
    row.save(update_fields=fields)


def take_down(row: Contribution) -> None:
    """Not saved. Files are deleted from the store when the transaction holds."""
    row.published_at = None
    stored = list(row.published_files.values_list("stored", flat=True))
    row.published_files.all().delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in stored], robust=True)


def show(row: Contribution, *, at: datetime) -> None:
    """Not saved."""
    row.published_at = row.published_at or at
