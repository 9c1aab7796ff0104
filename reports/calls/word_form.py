"""The questions of a call as a Word form, and reading what somebody wrote into it.

Each question is a table of two cells: the question with a mark such as [colonialism-2027/3], and the box for the
answer. Word, LibreOffice and others keep both. What is read is shown on the page; sending stays with its author.
"""

import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass, field

import docx
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from lxml.etree import LxmlError

from reports.calls.enums import QuestionKind
from reports.calls.exceptions import NotTheForm
from reports.calls.models import Call, Question
from reports.calls.zones import in_words

# What is unpacked is read in the web process, as a tree that takes sixteen times as much.
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 10 * 1024**2, 12 * 1024**2, 1000
# What the libraries raise for archives and documents that are cut, protected or not what they say.
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError,
    OpcError, LxmlError, KeyError, ValueError, TypeError, AttributeError,
)  # fmt: skip
MARK = re.compile(r"\[([-\w]+)/(\w+)\]")
TICKED = re.compile(r"^\s*\[\s*[^\s\]]+\s*\]")
BOX = "[  ]"
NAME, COSIGNERS = "name", "cosigners"
BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}


@dataclass(frozen=True)
class Filled:
    """Answers by number of the question; for a choice the code of what was ticked."""

    answers: dict[str, str] = field(default_factory=dict, repr=False)
    name: str = field(default="", repr=False)
    cosigners: str = field(default="", repr=False)


# --- Writing --------------------------------------------------------------------------------------


def make(call: Call, questions: list[Question], *, language: str) -> bytes:
    """A .docx in this language; questions without a translation stand in English. Files are sent beside it."""
    with override(language):
        document = docx.Document()
        document.core_properties.title = call.title
        document.core_properties.author = ""
        document.add_heading(call.title, level=1)
        if call.closes_at:
            document.add_paragraph(_("Closes on: %(when)s") % {"when": in_words(call.closes_at, call.zone)})
        document.add_paragraph(
            _(
                "Write into the empty boxes, save the file as .docx, and choose it on the page of the call. There you "
                "see your answers, say who you are and whether they may be published, add files, and send."
            )
        )
        document.add_paragraph(
            _("This is not the way to report a violation; the portal has a page of its own for that.")
        )
        _add_box(document, call, NAME, _("Your name, or that of your organization"))
        _add_box(document, call, COSIGNERS, _("Others who sign this with you, one on a line"))
        for question in questions:
            add = _add_file_question if question.kind == QuestionKind.FILE else _add_question
            add(document, call, question, language)
        target = io.BytesIO()
        document.save(target)
    return target.getvalue()


def _add_question(document, call: Call, question: Question, language: str) -> None:
    words = f"{question.order}. {question.text_in(language)}"
    if question.word_limit:
        words += " " + _("(at most %(limit)d words)") % {"limit": question.word_limit}
    lines = []
    if question.kind == QuestionKind.CHOICE:
        words += " " + _("(put an x between the brackets)")
        lines = [f"{BOX} {label}" for _code, label in question.choices_in(language)]
    _add_box(document, call, str(question.order), words, lines)


def _add_file_question(document, call: Call, question: Question, language: str) -> None:
    """Without a box: what is put into this document stays out, since words alone are read from it."""
    table = document.add_table(rows=1, cols=1, style="Table Grid")
    table.cell(0, 0).paragraphs[0].add_run(f"{question.order}. {question.text_in(language)}").bold = True
    table.cell(0, 0).add_paragraph(
        _(
            "Files cannot be put into this document. Keep them beside it, and choose them at this question on the "
            "page where you send your answers."
        )
    )
    document.add_paragraph()


def _add_box(document, call: Call, key: str, words: str, lines: list[str] = ()) -> None:
    table = document.add_table(rows=2, cols=1, style="Table Grid")
    head, box = table.cell(0, 0).paragraphs[0], table.cell(1, 0)
    head.add_run(words).bold = True
    mark = head.add_run(f"  [{call.code}/{key}]")
    mark.font.size, mark.font.color.rgb = Pt(7), RGBColor(0x70, 0x70, 0x70)
    box.paragraphs[0].text = "\n".join(lines)
    document.add_paragraph()


# --- Reading --------------------------------------------------------------------------------------


def read(upload, call: Call, questions: list[Question]) -> Filled:
    """Raises NotTheForm with a sentence; nothing but text is taken out of the file."""
    boxes = _boxes(_tables(upload))
    codes = {code for code, _key in boxes}
    if call.code not in codes:
        raise NotTheForm(_another(upload.name, codes))
    own = {key: text for (code, key), text in boxes.items() if code == call.code}
    answers = {}
    for question in questions:
        text = own.get(str(question.order), "").strip()
        if question.kind == QuestionKind.CHOICE:
            text = _ticked(text, question)
        if text and question.kind != QuestionKind.FILE:
            answers[str(question.order)] = text
    return Filled(answers, own.get(NAME, "").strip(), own.get(COSIGNERS, "").strip())


def _another(name: str, codes: set[str]) -> str:
    if codes:
        return _("“%(name)s” is the form of another call. Download the form of this one, and copy your answers.") % {
            "name": name
        }
    return _(
        "“%(name)s” is a Word document, but not the form of this call. Download the form, write into its boxes, and "
        "choose it again; or copy your text into the fields below, or send the document as a file."
    ) % {"name": name}


def _tables(upload):
    values = {"name": upload.name}
    if upload.size > MOST_BYTES:
        raise NotTheForm(_("“%(name)s” is too large for the form. It holds words only; take pictures out.") % values)
    data = io.BytesIO(b"".join(upload.chunks()))
    try:
        with zipfile.ZipFile(data) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise NotTheForm(
                    _("“%(name)s” unpacks to more than the form can be. It holds words only; take pictures out.")
                    % values
                )
        data.seek(0)
        return list(docx.Document(data).element.body.iter(qn("w:tbl")))
    except BROKEN as error:
        raise NotTheForm(
            _("“%(name)s” is not a Word document (.docx) that can be read. Save it as .docx and choose it again.")
            % values
        ) from error


def _boxes(tables) -> dict[tuple[str, str], str]:
    """(call, key): what stands in the box."""
    found = {}
    for table in tables:
        cells = list(table.iter(qn("w:tc")))
        mark = MARK.search(_text_of(cells[0])) if len(cells) > 1 else None
        if mark:
            found[mark.groups()] = _text_of(cells[1])
    return found


def _text_of(cell) -> str:
    """Also what tracked changes put in; what they took out is left out."""
    return "\n".join(
        "".join(BREAKS.get(node.tag, node.text or "") for node in paragraph.iter(qn("w:t"), *BREAKS))
        for paragraph in cell.iter(qn("w:p"))
    )


def _ticked(text: str, question: Question) -> str:
    """The code of the first line with a sign between its brackets; empty when there is none."""
    lines = [line for line in text.splitlines() if "[" in line]
    places = [number for number, line in enumerate(lines, 1) if TICKED.match(line)]
    codes = {code for code, _label in question.choices_in("en")}
    return next((str(place) for place in places if str(place) in codes), "")
