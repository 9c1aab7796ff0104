"""A table of many alleged victims, as any spreadsheet writes it: read, judged row by row, and only then taken.

Columns and answers are understood by their code and by their words in every language of the site. What a spreadsheet
makes of a table differs by country, so the separator and the encoding are found out.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.forms import ChoiceField, Field, MultipleChoiceField
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communications.intake import forms
from communications.intake.draft import Row
from communications.intake.fields import UNTIDY, TextField

MOST_PEOPLE = 2_000
MOST_BYTES = 2 * 1000**2
SEPARATORS = ",;\t"
BETWEEN = "/|"  # several answers in one cell
BOM = "\ufeff"
ISOLATE, ISOLATE_ENDS = "\u2068", "\u2069"


class Fault(NamedTuple):
    """`line` as a spreadsheet counts them, or 0 for the whole table."""

    line: int
    text: str


class Table(NamedTuple):
    rows: list[Row]
    faults: list[Fault]


@cache
def columns() -> dict[str, Field]:
    """Everything that may be said of a person, in the order of the template."""
    return forms.PersonForm.base_fields | forms.VictimForm.base_fields | forms.ConsentForm.base_fields


def template() -> str:
    """The headings in the language of the page, as a spreadsheet of that language opens them."""
    separator = ";" if translation.get_language() in {"fr", "es"} else ","
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerow([str(field.label) for field in columns().values()])
    return BOM + written.getvalue()


def read(name: str, pieces: Iterable[bytes]) -> Table:
    data = b"".join(pieces)
    if len(data) > MOST_BYTES:
        return refused(_("“%(name)s” is larger than 2 MB. A table of 2,000 people is smaller.") % {"name": name})
    text = _decoded(data)
    if text is None:
        return refused(
            _("“%(name)s” is no table of text. Save it as CSV and choose it again.") % {"name": _quoted(name)}
        )
    return _read(text)


def refused(sentence: str) -> Table:
    return Table([], [Fault(0, sentence)])


def _decoded(data: bytes) -> str | None:
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    fallback = "cp1256" if translation.get_language() == "ar" else "cp1252"
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", fallback]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read(text: str) -> Table:
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        headings = next(reader, [])
        names, faults = _headings(headings)
        if faults:
            return Table([], faults)
        return _rows(reader, names)
    except csv.Error:
        return refused(
            _("This table breaks off or has a cell that is too long, in line %(line)s.") % {"line": reader.line_num}
        )


def _quoted(text: str) -> str:
    """A piece of the table within a sentence of ours, which no sign in it turns around."""
    seen = "".join(sign for sign in text[:80] if unicodedata.category(sign) != "Cf")
    return f"{ISOLATE}{seen}{ISOLATE_ENDS}"


def _headings(headings: list[str]) -> tuple[list[str], list[Fault]]:
    known = _words_of_columns()
    names = [known.get(_plain(heading), "") for heading in headings]
    faults = [
        Fault(
            1, _("There is no column “%(heading)s”. Use the headings of the template.") % {"heading": _quoted(heading)}
        )
        for heading, name in zip(headings, names, strict=True)
        if not name and heading.strip()
    ]
    if not any(names) and not faults:
        faults.append(Fault(1, _("The first line has no headings. Use the headings of the template.")))
    twice = {name for name in names if name and names.count(name) > 1}
    faults += [
        Fault(1, _("The column “%(name)s” is there twice.") % {"name": columns()[name].label}) for name in twice
    ]
    return names, faults


def _rows(reader, names: list[str]) -> Table:
    rows, faults = [], []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        row, found = _row(dict(zip(names, cells, strict=False)), reader.line_num)
        if any(cell.strip() for cell in cells[len(names) :]):
            found.append(Fault(reader.line_num, _("This row has more cells than there are headings.")))
        rows.append(row)
        faults += found
    if len(rows) > MOST_PEOPLE:
        faults.insert(
            0,
            Fault(
                0,
                _("The table has %(count)s people and 2,000 fit. Send the others in a second report.")
                % {"count": len(rows)},
            ),
        )
    elif not rows:
        faults.append(Fault(0, _("The table has headings and no rows.")))
    return Table([] if faults else rows, faults)


def _row(cells: dict[str, str], line: int) -> tuple[Row, list[Fault]]:
    row, faults = {}, []
    for name, field in columns().items():
        value, problem = _value(field, cells.get(name, "").strip())
        row[name] = value
        if problem:
            faults.append(Fault(line, f"{field.label}: {problem}"))
    return row, faults


def _value(field: Field, cell: str):
    if isinstance(field, TextField):
        return cell, _text_problem(field, cell)
    several = isinstance(field, MultipleChoiceField)
    if not cell:
        return [] if several else "", ""
    known = _words_of(field)
    wanted = [cell]
    if several:
        for sign in BETWEEN:
            wanted = [part for each in wanted for part in each.split(sign)]
    found = [known.get(_plain(each)) for each in wanted]
    if None in found:
        return cell, _("“%(cell)s” is not one of the answers of this column.") % {"cell": _quoted(cell)}
    return (found if several else found[0]), ""


def _text_problem(field: TextField, cell: str) -> str:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return str(UNTIDY)
    if "\x00" in cell:
        return str(UNTIDY)
    if len(cell) > field.most:
        return _("%(length)s characters are too many; %(most)s fit.") % {"length": len(cell), "most": field.most}
    return ""


def _plain(words: str) -> str:
    return " ".join(words.replace(BOM, "").replace("_", " ").casefold().split())


@cache
def _words_of_columns() -> dict[str, str]:
    return _in_all_languages((name, field.label) for name, field in columns().items())


@cache
def _words_of(field: ChoiceField) -> dict[str, str]:
    return _in_all_languages((code, label) for code, label in field.choices if code)


def _in_all_languages(pairs: Iterable[tuple[str, object]]) -> dict[str, str]:
    words = {}
    for code, label in list(pairs):
        words[_plain(code)] = code
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                words.setdefault(_plain(str(label)), code)
    return words


def summary(count: int) -> str:
    return ngettext("The table has %(count)s person.", "The table has %(count)s people.", count) % {"count": count}
