"""A version as Word document or PDF, made in the request that asked for it and handed out; nothing of it is kept."""

from io import BytesIO
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from communications.letters.blocks import blocks, runs
from communications.letters.drafts import Version
from communications.models import Letter
from iesogi.documents import rendering

TEMPLATE = Path(__file__).parent / "data" / "letter.docx"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
OFFICE = gettext_noop(
    "Independent Expert on protection against violence and discrimination based on sexual orientation and gender "
    "identity"
)


def _said(letter: Letter, version: Version) -> dict:
    return {
        "standing": "" if letter.approved_by_id else _("Confidential draft, not approved"),
        "name": _("Letter %(pk)s, version %(number)s") % {"pk": letter.pk, "number": version.number},
        "office": _(OFFICE),
        "blocks": blocks(version.text),
    }


def docx(letter: Letter, version: Version) -> bytes:
    """Imported late: it loads a template engine that nothing else here needs."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(TEMPLATE)
    with translation.override(letter.language):
        document.render(_said(letter, version), autoescape=True)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def pdf(letter: Letter, version: Version) -> bytes:
    with translation.override(letter.language):
        said = _said(letter, version)
    said["runs"] = runs(said.pop("blocks"))
    snapshot = {**said, "document": {"title": said["name"], "version": version.number, "as_of": version.at}}
    return rendering.render("pdf/communications/letter.html", snapshot, letter.language)
