"""The booklet of key findings and recommendations as PDF/UA, made once and published by somebody else."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dissemination import approvers
from dissemination.enums import OutputKind
from dissemination.exceptions import StepRefused
from dissemination.gates import refuse_report
from dissemination.images.enums import BookletState
from dissemination.images.models import Booklet
from dissemination.images.services import cover_of
from dissemination.models import Output
from iesogi.audit import services as audit
from iesogi.documents import services as documents
from iesogi.documents.enums import State
from reports.findings.booklet import kind_of, lines_of

TEMPLATE = "pdf/dissemination/booklet.html"


def _locked(booklet: Booklet) -> Booklet:
    return Booklet.objects.select_for_update(of=("self",)).get(pk=booklet.pk)


def _judge(booklet: Booklet, to: BookletState) -> None:
    if to not in booklet.successors():
        raise StepRefused(
            _("A booklet that is “%(was)s” cannot become “%(to)s”.")
            % {"was": booklet.get_state_display(), "to": to.label}
        )


def _require_cover(booklet: Booklet) -> None:
    """Asked when it is made and when it is published: an agreement may be taken back in between."""
    if complaint := booklet.cover.refusal if booklet.cover else "":
        raise StepRefused(complaint)


def snapshot(booklet: Booklet) -> dict:
    """Plain data, in the language of the booklet; texts that exist in English only say so by their language."""
    report = booklet.report
    with translation.override(booklet.language):
        return {
            "title": booklet.title,
            "introduction": [line for line in booklet.introduction.splitlines() if line.strip()],
            "symbol": report.symbol,
            "report": report.title,
            "holder": str(report.holder or ""),
            "parts": lines_of(report, booklet.language),
            **cover_of(booklet),
        }


@transaction.atomic
def make(booklet: Booklet, *, by: Any) -> Booklet:
    """Queue the PDF of the findings as they stand. Again after a correction: the newest one counts."""
    booklet = _locked(booklet)
    _judge(booklet, BookletState.MADE)
    _require_cover(booklet)
    data = snapshot(booklet)
    if not data["parts"]:
        raise StepRefused(_("The report has no findings and no recommendations yet. Write them first."))
    booklet.document = documents.request(
        kind=kind_of(booklet.report),
        title=booklet.title,
        template=TEMPLATE,
        snapshot=data,
        language=booklet.language,
        as_of=timezone.localdate(),
        by=by,
    )
    booklet.state, booklet.made_by = BookletState.MADE, by
    booklet.save(update_fields=["document", "state", "made_by"])
    audit.record(by=by, verb="booklet.made", target=booklet, document=booklet.document_id)
    approvers.call_back(booklet)
    approvers.tell(booklet, besides={by.pk}, asked_at=timezone.now())
    return booklet


@transaction.atomic
def publish(booklet: Booklet, *, by: Any) -> Booklet:
    """Somebody else than its maker puts it on the page of the report; it counts as one output from today."""
    booklet = _locked(booklet)
    _judge(booklet, BookletState.PUBLISHED)
    if by.pk == booklet.made_by_id:
        raise StepRefused(_("You made this booklet. Ask somebody else to read it and publish it."))
    if not booklet.report.is_out:
        raise StepRefused(_("The report is not out yet, so its findings are not public. Wait for its issue."))
    complaint = refuse_report(booklet.report)
    if complaint:
        raise StepRefused(complaint)
    _require_cover(booklet)
    if booklet.document.state != State.READY:
        raise StepRefused(_("The PDF is not ready. Look at the document: it says how far it is, or why it failed."))
    documents.publish(booklet.document, by=by)
    booklet.output = Output.objects.create(
        kind=OutputKind.BOOKLET,
        title=booklet.title,
        issued_on=timezone.localdate(),
        language=booklet.language,
        report=booklet.report,
    )
    booklet.state, booklet.published_by = BookletState.PUBLISHED, by
    booklet.save(update_fields=["state", "published_by", "output"])
    audit.record(by=by, verb="booklet.published", target=booklet, document=booklet.document_id)
    approvers.call_back(booklet)
    return booklet
