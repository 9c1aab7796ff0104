"""Everything the PDF of the work programme shows, as plain data in the language of the moment.

The snapshot is stored with the document and hashed, so it holds no day of making: equal data give an equal hash.
It holds public and manager-scope data only: no letter before publication, no small count, no name of a person but the
mandate holder's (domain.md R1, R23, R28).
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iesogi.programme import annexes, exhibits, notes
from iesogi.programme.exhibits import Table
from iesogi.programme.models import WorkProgramme
from iesogi.programme.page import Chapter, chapters
from iesogi.programme.text import Block, inline

# "942", "about 70", "EUR 30,000", signed or not, in the separators of any language; not "2019, 2020", not a sentence.
NUMERIC = re.compile(r"^(?:[^\W\d][^\d]{0,9}\s)?[+−-]?\d+(?:[.,\u00a0\u202f]\d+)*$")
CONTENT_LANGUAGE = "en"


def snapshot(programme: WorkProgramme, *, as_of: date) -> dict[str, Any]:
    """Figures count what is recorded up to `as_of`, that day included; printed figures stand as printed."""
    footnotes = {note.number: note.body for note in programme.footnotes.all()}
    tables = exhibits.tables(programme)
    return {
        "programme": _about(programme),
        "content_is_english": get_language() != CONTENT_LANGUAGE,
        "parts": _parts(chapters(programme, footnote=lambda number: _footnote(number, footnotes)), tables, programme),
        "notes": [_part(each) for each in notes.notes(programme, footnotes)],
        "annexes": [_part(each) for each in annexes.annexes(programme, as_of=as_of)],
    }


def _about(programme: WorkProgramme) -> dict[str, Any]:
    renewal = programme.subject_to_renewal_from
    return {
        "label": programme.label,
        "title": programme.title,
        "holder": programme.holder.name,
        "period": _("%(first)s to %(last)s")
        % {"first": date_format(programme.period_start, "j F Y"), "last": date_format(programme.period_end, "j F Y")},
        "role": programme.role,
        "renewal_year": renewal.year if renewal else None,
    }


def _footnote(number: int, footnotes: dict[int, str]) -> str:
    """The note itself, where the mark stands: the layout carries it to the foot of the page."""
    body = footnotes.get(number, "")
    text = inline(body) if body else _("The note has no text in print.")
    return format_html('<span class="footnote" data-number="{}">{}</span>', number, text)


def _parts(every: list[Chapter], tables: dict[str, Table], programme: WorkProgramme) -> list[dict[str, Any]]:
    """Sections I to VI; II and V hold their numbered sub-sections. Notes 1 and 2 come later, by themselves."""
    headings = {"II": _("Programme of work"), "V": _("Impact to which the mandate has contributed")}
    parts: dict[str, dict[str, Any]] = {}
    for chapter in every:
        if not chapter.paragraphs:
            continue
        roman = chapter.section.number.partition(".")[0]
        section = {
            "number": chapter.section.number,
            "label": chapter.section.label,
            "anchor": f"section-{chapter.section.code}",
            "paragraphs": [_paragraph(each, tables, programme) for each in chapter.paragraphs],
        }
        if roman == chapter.section.number:
            parts[roman] = {**section, "sections": []}
        else:
            whole = {"number": roman, "label": headings.get(roman, ""), "anchor": f"part-{roman}", "paragraphs": []}
            parts.setdefault(roman, {**whole, "sections": []})["sections"].append(section)
    return list(parts.values())


def _paragraph(paragraph, tables: dict[str, Table], programme: WorkProgramme) -> dict[str, Any]:
    return {
        "number": paragraph.number,
        "pieces": _pieces(paragraph.blocks),
        "tables": [_table(tables[code]) for code in paragraph.exhibits],
    }


def _pieces(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Running text and, where letters follow each other, one list of lettered items."""
    pieces: list[dict[str, Any]] = []
    for block in blocks:
        if not block.letter:
            pieces.append({"html": block.html})
        elif pieces and "lettered" in pieces[-1]:
            pieces[-1]["lettered"].append({"letter": block.letter, "html": block.html})
        else:
            pieces.append({"lettered": [{"letter": block.letter, "html": block.html}]})
    return pieces


def _part(part) -> dict[str, Any]:
    return {**part._asdict(), "tables": [_table(each) for each in part.tables]}


def _table(table: Table) -> dict[str, Any]:
    """Cells as text, each with its kind: the name of its row, a figure (set flush), or text."""
    headings = [heading or _("Item") for heading in table.headings]
    rows = [[str(cell) for cell in row] for row in table.rows]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(headings)
    kinds = ["figure" if _is_numeric(cells) else "text" for cells in columns]
    kinds[0 if table.headings[0] else 1] = "name"
    return {
        "caption": str(table.caption),
        "headings": list(zip(headings, kinds, strict=True)),
        "rows": [list(zip(row, kinds, strict=True)) for row in rows],
        "totals": list(zip(table.totals, kinds, strict=True)) if table.totals else [],
        "note": table.note,
    }


def _is_numeric(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell not in {"", "–", _("not stated"), _("not shown")}]
    return bool(filled) and all(NUMERIC.match(cell) for cell in filled)
