"""Ask for a document, make it, publish it."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from iesogi.documents.models import Document


def canonical(snapshot: dict[str, Any]) -> str:
    """One spelling of the same data, so that equal data have equal hashes."""
    return json.dumps(snapshot, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(snapshot: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()


def request(
    *, kind: str, title: str, template: str, snapshot: dict[str, Any], language: str, as_of: date, by
) -> Document:
    raise NotImplementedError


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    raise NotImplementedError
