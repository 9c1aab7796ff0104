"""Ask for a document, make it, try again, publish it.

The row is the job: whoever claims it makes it. Losing the broker or killing a worker loses nothing (docs/adr/0003).
"""

import hashlib
import json
import logging
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Max
from django.utils import timezone

from iesogi.audit import services as audit
from iesogi.documents import rendering
from iesogi.documents.enums import State
from iesogi.documents.exceptions import (
    DocumentError,
    GaveUp,
    StepRefused,
    StorageRefused,
    TwinInTheMaking,
    Unexpected,
)
from iesogi.documents.models import Document, context, random_name
from iesogi.documents.rendering import html, render
from iesogi.outbox import wakeup

__all__ = [
    "digest",
    "html",
    "obtain",
    "perform",
    "publish",
    "render",
    "request",
    "tick",
    "try_again",
    "working_copy",
]

logger = logging.getLogger(__name__)

TASK = "iesogi.documents.render"
# Errors that time alone may mend: a database or an object store that is away for a moment.
PASSING = (OperationalError, ConnectionError, TimeoutError)
MAX_ATTEMPTS = 5
FIRST_PAUSE = timedelta(minutes=1)
AT_ONCE = 100
RACES = 9  # lost in a row before a request is given up


def plain(snapshot: dict[str, Any]) -> dict[str, Any]:
    """As the database will give it back: strings as keys, dates and decimals as text."""
    return json.loads(json.dumps(snapshot, cls=DjangoJSONEncoder))


def digest(snapshot: dict[str, Any]) -> str:
    """Of one spelling of the data, so that equal data have equal hashes whatever the order of their keys."""
    spelled = json.dumps(plain(snapshot), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


# --- Asking -------------------------------------------------------------------------------------


def request(
    *,
    kind: str,
    title: str,
    template: str,
    snapshot: dict[str, Any],
    language: str,
    as_of: date,
    by,
    wake: bool = True,
) -> Document:
    """Queue one document and wake a worker once the transaction holds; a twin already in the making is returned.

    `by` is a user, or None when the portal itself asks. Callers keep confidential data out: snapshots lie in clear.
    """
    row = {
        "kind": kind,
        "title": title,
        "template": template,
        "snapshot": plain(snapshot),
        "snapshot_sha256": digest(snapshot),
        "language": language,
        "as_of": as_of,
        "requested_by": by if by is not None and by.pk else None,
    }
    for _attempt in range(RACES):
        # Somebody may take the same version number, or ask for the same data, at this very moment.
        with suppress(IntegrityError):
            return _queue(row, wake=wake)
    return _queue(row, wake=wake)


@transaction.atomic
def _queue(row: dict[str, Any], *, wake: bool) -> Document:
    edition = {name: row[name] for name in ("kind", "language", "snapshot_sha256")}
    if twin := Document.objects.of(**edition).moving().newest():
        return twin
    last = Document.objects.filter(kind=row["kind"], language=row["language"]).aggregate(last=Max("version"))["last"]
    document = Document.objects.create(**row, version=(last or 0) + 1, due_at=timezone.now())
    audit.record(by=document.requested_by, verb="document.requested", target=document, **edition)
    if wake:
        wakeup.wake(TASK, document.pk)
    return document


@transaction.atomic
def try_again(document: Document, *, by) -> Document:
    """Put a failed document back into the queue with the data it was asked for."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    _judge(document, State.QUEUED)
    if document.state != State.FAILED:
        raise StepRefused(was=State(document.state).label, to=State.QUEUED.label)
    edition = {name: getattr(document, name) for name in ("kind", "language", "snapshot_sha256")}
    if Document.objects.of(**edition).moving().exists():
        raise TwinInTheMaking
    reason, document.error = document.error, ""
    document.state, document.due_at, document.attempts, document.done_at = State.QUEUED, timezone.now(), 0, None
    document.save(update_fields=["state", "due_at", "attempts", "done_at", "error"])
    audit.record(by=by, verb="document.tried_again", target=document, reason=reason)
    wakeup.wake(TASK, document.pk)
    return document


@transaction.atomic
def publish(document: Document, *, by) -> Document:
    """From now on the public may have this edition. A second call changes nothing."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state != State.READY:
        raise StepRefused(was=State(document.state).label, to="published")
    if document.published_at is None:
        document.published_at = timezone.now()
        document.save(update_fields=["published_at"])
        audit.record(by=by, verb="document.published", target=document, file_sha256=document.file_sha256)
    return document


def obtain(
    *, kind: str, title: str, template: str, snapshot: dict[str, Any], language: str, as_of: date
) -> Document | None:
    """The public edition of exactly this data: the stored one, or one made here and now by the caller that claims it.

    None while another process is making it, or when it failed and waits for staff: a reader pressing "reload"
    never causes a second rendering of the same data.
    """
    same = Document.objects.of(kind=kind, language=language, snapshot_sha256=digest(snapshot)).light()
    document = same.ready().newest()
    if document is None and not same.filter(state=State.FAILED).exists():
        asked = request(
            kind=kind,
            title=title,
            template=template,
            snapshot=snapshot,
            language=language,
            as_of=as_of,
            by=None,
            wake=False,
        )
        perform(asked.pk)
        document = same.ready().newest()
    if document is not None and document.published_at is None:
        return publish(document, by=None)
    return document


def working_copy(*, title: str, template: str, snapshot: dict[str, Any], language: str, as_of: date) -> bytes:
    """The same PDF without a row: for the command line and the benchmark. Its cover says that it has no version."""
    data = context(title=title, snapshot=plain(snapshot), sha256=digest(snapshot), as_of=as_of)
    return render(template, data, language)


# --- Making -------------------------------------------------------------------------------------


def perform(pk: int) -> bool:
    """Claim the row, make the PDF, mark the row. False when another worker has it or nothing is due."""
    now = timezone.now()
    if not Document.objects.claim(pk, now=now):
        return False
    document = Document.objects.get(pk=pk)
    try:
        if document.attempts > MAX_ATTEMPTS:
            raise GaveUp(attempts=MAX_ATTEMPTS, detail="the worker was stopped each time")
        made = rendering.make(document.template, document.context(), document.language)
        name = _store(document, made.content)
    except PASSING as error:
        _again_later(document, error)
    except DocumentError as error:
        _fail(document, error)
    except Exception as error:
        logger.exception("Document %s could not be made.", document.pk)
        _fail(document, Unexpected(detail=f"{type(error).__name__}: {error}"[:300]))
    else:
        _finish(document, name, made)
    return True


def _store(document: Document, content: bytes) -> str:
    storage = document.file.storage
    try:
        return storage.save(random_name(document, ""), ContentFile(content))
    except PASSING:
        raise
    except OSError as error:
        raise StorageRefused(detail=error.strerror or type(error).__name__) from error


def _finish(document: Document, name: str, made: rendering.Rendering) -> None:
    kept = _step(
        document,
        State.READY,
        verb="document.made",
        file=name,
        file_sha256=hashlib.sha256(made.content).hexdigest(),
        size=len(made.content),
        pages=made.pages,
        done_at=timezone.now(),
    )
    if not kept:  # another worker took the row over in the meantime; its file counts
        document.file.storage.delete(name)


def _fail(document: Document, error: DocumentError) -> None:
    _step(document, State.FAILED, verb="document.failed", error=str(error), done_at=timezone.now())


def _again_later(document: Document, error: Exception) -> None:
    detail = f"{type(error).__name__}: {error}"[:300]
    if document.attempts >= MAX_ATTEMPTS:
        _fail(document, GaveUp(attempts=document.attempts, detail=detail))
        return
    pause = FIRST_PAUSE * 2 ** (document.attempts - 1)
    _step(document, State.QUEUED, verb="", due_at=timezone.now() + pause, error=detail)


@transaction.atomic
def _step(document: Document, to: State, *, verb: str, **changes: Any) -> bool:
    """Only the worker that still holds the claim may write; anybody else's result is thrown away."""
    _judge(document, to)
    held = Document.objects.filter(pk=document.pk, state=State.RENDERING, claimed_at=document.claimed_at)
    if held.update(state=to, **changes) != 1:
        return False
    if verb:
        told = {name: changes[name] for name in ("file_sha256", "pages", "error") if name in changes}
        audit.record(by=document.requested_by, verb=verb, target=document, **told)
    return True


def _judge(document: Document, to: State) -> None:
    was = State(document.state)
    if to not in was.successors:
        raise StepRefused(was=was.label, to=to.label)


# --- The periodic pass ---------------------------------------------------------------------------


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    """Take up every document that is due: wake workers for them, or make them here when there is no worker."""
    due = list(Document.objects.due(now=now).order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    if enqueue:
        return {"documents_woken": wakeup.wake_now(TASK, due, expires=wakeup.EXPIRES_SECONDS)}
    return {"documents_made": sum(perform(pk) for pk in due)}
