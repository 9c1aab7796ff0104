"""What every booklet of a report is made of, and where the public finds the newest one."""

from django.utils.translation import override

from iesogi.documents.models import Document
from reports.findings.enums import FindingKind
from reports.findings.models import Finding
from reports.models import Report


def kind_of(report: Report) -> str:
    """The kind of document under which all booklets of a report stand, one version after the other."""
    return f"booklet-{report.pk}"


def lines_of(report: Report, language: str) -> list[dict]:
    """Findings, then recommendations, as plain data; an English text in another language's booklet names its language.

    Parts without a text are left out, so an empty list means that there is nothing to print.
    """
    findings = list(Finding.objects.of(report))
    with override(language):
        parts = [(str(kind.plural), _lines(findings, kind, language)) for kind in FindingKind]
    return [{"label": label, "lines": lines} for label, lines in parts if lines]


def _lines(findings: list[Finding], kind: str, language: str) -> list[dict]:
    rows = [(finding, finding.text_in(language)) for finding in findings if finding.kind == kind]
    return [
        {"text": text.text, "language": text.language, "paragraph": finding.paragraph}
        for finding, text in rows
        if text
    ]


def published(report: Report):
    """The newest published booklet of each language."""
    newest: dict[str, Document] = {}
    for document in Document.objects.filter(kind=kind_of(report)).published().light().order_by("version"):
        newest[document.language] = document
    return newest
