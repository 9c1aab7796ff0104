"""The work programme as a PDF: what our path adds to WeasyPrint, what a page costs, and how large a worker grows."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import weasyprint
from django.conf import settings
from django.utils import timezone

from bench.measures import Measure, ratios, seconds
from iesogi.accounts.models import User
from iesogi.documents import rendering
from iesogi.documents import services as documents
from iesogi.documents.enums import State
from iesogi.documents.models import Document, context
from iesogi.programme import documents as programme_documents
from iesogi.programme.models import WorkProgramme

ROUNDS = 5
ROOT = Path(__file__).resolve().parent.parent


def current() -> dict:
    """The edition of today's data, as staff would ask for it."""
    programme = WorkProgramme.objects.get()
    return programme_documents.edition(programme, as_of=timezone.localdate(), language="en")


def markup(edition: dict) -> str:
    snapshot = documents.plain(edition["snapshot"])
    data = context(
        title=edition["title"], snapshot=snapshot, sha256=documents.digest(snapshot), as_of=edition["as_of"]
    )
    return rendering.html(edition["template"], data, edition["language"])


def plain_weasyprint(html: str) -> bytes:
    return weasyprint.HTML(string=html, base_url=rendering.base_url()).write_pdf(pdf_variant="pdf/ua-1")


def our_path() -> bytes:
    """From the rows in the database to the bytes: queries, snapshot, template, our fetcher, layout."""
    edition = current()
    return documents.working_copy(**{name: value for name, value in edition.items() if name != "kind"})


def comparison() -> Iterator[Measure]:
    html = markup(current())
    found = sorted(ratios(our_path, lambda: plain_weasyprint(html), rounds=ROUNDS))
    yield Measure("work programme PDF: wall time against plain WeasyPrint", found[len(found) // 2], 1.25)
    pages = rendering.typeset(html).pages
    yield Measure("work programme PDF: time for each page", seconds(our_path) / pages, 0.5, f"seconds, {pages} pages")


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    direct = [int(child) for child in listed.read_text().split()] if listed.exists() else []
    return direct + [below for child in direct for below in children(child)]


def peak_megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def memory() -> Iterator[Measure]:
    """A real worker makes the document from its row; the largest of its processes counts."""
    document = documents.request(**current(), by=User.objects.filter(is_superuser=True).first())
    command = ["-W", "ignore", "-m", "celery", "--app", "iesogi.celery", "--quiet", "worker", "-c", "1", "-l", "ERROR"]
    worker = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield Measure("work programme PDF: peak memory of the worker", watched(worker, document), 400, "megabytes")
    finally:
        worker.terminate()
        worker.wait(30)


def watched(worker: subprocess.Popen, document: Document) -> float:
    peak, until = 0.0, time.monotonic() + 120
    while time.monotonic() < until and worker.poll() is None:
        peak = max(peak, *map(peak_megabytes, [worker.pid, *children(worker.pid)]))
        document.refresh_from_db(fields=["state", "error"])
        if document.state == State.READY:
            return peak
        if document.state == State.FAILED:
            break
        time.sleep(0.05)
    raise AssertionError(f"The worker did not finish the document: {document.state} {document.error}")


def measures() -> Iterator[Measure]:
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    yield from comparison()
    yield from memory()
