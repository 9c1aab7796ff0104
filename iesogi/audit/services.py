"""Append to the audit chain, and check it."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from iesogi.audit.models import Entry, Head

FIRST_HASH = "0" * 64


def digest(previous_hash: str, at: str, by: str, verb: str, target: tuple[str, str, str], data: str) -> str:
    """SHA-256 over the entry's content and the hash before it, in one fixed order."""
    content = json.dumps([previous_hash, at, by, verb, *target, data], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _hash_of(entry: Entry) -> str:
    return digest(
        entry.previous_hash,
        entry.at.isoformat(),
        str(entry.by_id or ""),
        entry.verb,
        (entry.target_type, entry.target_id, entry.target_label),
        json.dumps(entry.data, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False),
    )


@transaction.atomic(savepoint=False)
def record(*, by, verb: str, target: models.Model | None = None, label: str = "", **data: Any) -> Entry:
    """Append one entry in the caller's transaction and return it.

    `by` is a user or None (the system); `label` replaces str(target) where that would say too much.
    Values of `data` must be plain JSON once encoded: no sealed content, ever (domain.md R2).
    """
    head, _created = Head.objects.select_for_update().get_or_create(pk=1, defaults={"hash": FIRST_HASH})
    entry = Entry(
        at=timezone.now(),
        by=by if by is not None and by.pk else None,
        verb=verb,
        target_type=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        target_label=(label or (str(target) if target is not None else ""))[:300],
        data=json.loads(json.dumps(data, cls=DjangoJSONEncoder)),
        previous_hash=head.hash,
    )
    entry.hash = _hash_of(entry)
    entry.save(force_insert=True)
    head.hash = entry.hash
    head.save(update_fields=["hash"])
    return entry


def verify() -> tuple[int, Entry | None]:
    """Walk the chain: how many entries were checked, and the first that does not fit (None when all do)."""
    previous, checked = FIRST_HASH, 0
    for entry in Entry.objects.in_chain_order().iterator(chunk_size=2000):
        if entry.previous_hash != previous or entry.hash != _hash_of(entry):
            return checked, entry
        previous, checked = entry.hash, checked + 1
    return checked, None


def last_hash() -> str:
    return Head.objects.values_list("hash", flat=True).first() or FIRST_HASH


def ends_at_head() -> bool:
    """Entries cut off at the end leave a chain that fits, but not up to its head."""
    last = Entry.objects.in_chain_order().last()
    return (last.hash if last else FIRST_HASH) == last_hash()
