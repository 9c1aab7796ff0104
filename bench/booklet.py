"""A booklet of 24 pages: what our path adds to WeasyPrint on the same HTML, from the findings to the bytes."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from bench.measures import Measure, ratios, seconds
from bench.work_programme_pdf import plain_weasyprint
from dissemination.images import booklets
from dissemination.models import Booklet
from iesogi.documents import rendering
from iesogi.documents import services as documents
from iesogi.documents.models import context
from reports.enums import OUT
from reports.findings.enums import FindingKind
from reports.models import Finding, FindingText, Report

ROUNDS = 5
PAGES = 24
# Of each kind; the text fills the four lines that the form allows.
FINDINGS = 80
TEXT = (
    "States repeal every law that punishes people for who they are or whom they love, protect them from violence in "
    "law and in practice, collect data with their consent, and report each year on what was done and what was not, "
    "together with the communities concerned and in the languages that these communities speak and read."
)


def sample() -> Booklet:
    report = Report.objects.filter(state__in=sorted(OUT)).order_by("-year", "forum").first()
    findings = Finding.objects.bulk_create(
        Finding(report=report, kind=kind, order=1000 + number, paragraph=str(number))
        for kind in FindingKind
        for number in range(FINDINGS)
    )
    FindingText.objects.bulk_create(
        FindingText(finding=finding, language="en", text=f"{finding.paragraph}. {TEXT}") for finding in findings
    )
    return Booklet(report=report, language="en", title="Measured booklet")


def our_path(booklet: Booklet) -> bytes:
    """Queries, snapshot, template, our fetcher, layout."""
    return documents.working_copy(
        title=booklet.title,
        template=booklets.TEMPLATE,
        snapshot=booklets.snapshot(booklet),
        language=booklet.language,
        as_of=timezone.localdate(),
    )


def markup(booklet: Booklet) -> str:
    data = documents.plain(booklets.snapshot(booklet))
    about = context(title=booklet.title, snapshot=data, sha256=documents.digest(data), as_of=timezone.localdate())
    return rendering.html(booklets.TEMPLATE, about, booklet.language)


def measures() -> Iterator[Measure]:
    with transaction.atomic():
        booklet = sample()
        html = markup(booklet)
        pages = rendering.typeset(html).pages
        if pages < PAGES:
            raise AssertionError(f"The booklet has {pages} pages and not the {PAGES} that the measure speaks of.")
        found = sorted(ratios(lambda: our_path(booklet), lambda: plain_weasyprint(html), rounds=ROUNDS))
        yield Measure(
            "booklet: wall time against plain WeasyPrint", found[len(found) // 2], 1.25, f"times, {pages} pages"
        )
        yield Measure(
            "booklet: time for each page", seconds(lambda: our_path(booklet)) / pages, 0.5, f"seconds, {pages} pages"
        )
        transaction.set_rollback(True)
