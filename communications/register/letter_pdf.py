"""The public version of a letter as PDF, from the same rows as its page in the register."""

from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from communications.models import Letter
from communications.register import addresses, catalogue
from iesogi.deadlines.clock import short
from iesogi.documents import services as documents

TEMPLATE = "pdf/communications/public_letter.html"
REMEMBERED_SECONDS = 3600


def snapshot(letter: Letter) -> dict[str, Any]:
    """Plain data in the language of the moment. What a page of the register does not say stands here neither."""
    row = letter.publication
    return {
        "reference": letter.reference,
        "about": row.title,
        "facts": list(_facts(letter)),
        "runs": [run._asdict() for run in catalogue.text_of(row)],
        "language": letter.language,
        "address": addresses.permanent_address(letter),
    }


def _facts(letter: Letter):
    row = letter.publication
    yield _("Addressed to"), str(letter.addressee)
    if letter.kind:
        yield _("Type"), str(letter.get_kind_display())
    if letter.sent_on:
        yield _("Sent on"), short(letter.sent_on)
    yield (_("To be reported to") if row.is_before_its_report else _("Reported to")), str(row.window)
    if letter.published_on:
        yield _("Published on"), short(letter.published_on)
    signatories = letter.signatories.select_related("mandate")
    if mandates := "; ".join(each.mandate.name for each in signatories):
        yield _("Mandates that signed"), mandates


def digest(snapshot: dict[str, Any], language: str) -> str:
    return documents.digest(snapshot | {"language of the page": language})


def remembered(snapshot: dict[str, Any], *, digest: str, language: str) -> bytes:
    """Drawn once for as long as nothing in it changes, so that asking again and again costs the portal little."""
    return cache.get_or_set(f"letter-pdf-{digest}", lambda: pdf(snapshot, language=language), REMEMBERED_SECONDS)


def pdf(snapshot: dict[str, Any], *, language: str) -> bytes:
    """Without a row: it can be made anew at any time, and nobody has to keep two copies apart."""
    title = _("Letter %(reference)s, public version") % {"reference": snapshot["reference"]}
    document = {"title": title, "version": "", "as_of": None}
    return documents.render(TEMPLATE, {**snapshot, "document": document}, language)
