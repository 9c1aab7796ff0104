"""From the bytes of a CSV or XLSX file to rows of text under the names of our own columns."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from iesogi.documents.spreadsheets import plain
from visits.recommendations.columns import COLUMNS, ENTERED
from visits.recommendations.importing import uhri

Row = dict[str, str]
# A sheet is packed; one that unpacks to more than this is none that people made.
UNPACKED = 200_000_000
# What the libraries raise for sheets that are cut, protected by a password or not what they say.
BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, InvalidFileException, ParseError,
    LookupError, ValueError, TypeError, AttributeError,
)  # fmt: skip


class FileRefused(Exception):
    """A file that cannot be read as a table; says in a sentence why, and what to do."""


class Line(NamedTuple):
    """`number` is the row as a spreadsheet counts it; the header is row 1."""

    number: int
    row: Row


class Table(NamedTuple):
    lines: list[Line]
    passed_over: int  # rows of the index's export that are no recommendations of this mandate
    unknown: list[str]  # columns that nobody reads


def read(content: bytes) -> Table:
    lines = _sheet(content) if content.startswith(b"PK") else _csv(content)
    header = [_name(cell) for cell in next(lines, [])]
    if uhri.is_theirs(header):
        found = [Line(number, dict(zip(header, cells, strict=False))) for number, cells in _filled(lines)]
        ours = [Line(number, uhri.as_ours(row)) for number, row in found if uhri.is_of_the_mandate(row)]
        return Table(ours, len(found) - len(ours), [])
    return Table(_own(header, lines), 0, sorted({name for name in header if name} - set(COLUMNS)))


def _own(header: list[str], lines: Iterator[list[str]]) -> list[Line]:
    missing = {"text", "source_kind", "source_symbol"} - set(header)
    if missing:
        raise FileRefused(
            _("The first row names the columns, and these are missing: %(names)s. Take an export as a pattern.")
            % {"names": ", ".join(sorted(missing))}
        )
    return [
        Line(number, {name: plain(cell.strip()) for name, cell in zip(header, cells, strict=False) if name in ENTERED})
        for number, cells in _filled(lines)
    ]


def _name(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split()).lower()


def _filled(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with something in them, numbered as in the file."""
    most = settings.IMPORT_ROWS
    for number, cells in enumerate(lines, start=2):
        if number > most + 1:
            raise FileRefused(_("The file has more than %(most)d rows. Split it.") % {"most": most})
        if any(cell.strip() for cell in cells):
            yield number, cells


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(
            _("The file is not written in UTF-8. In the spreadsheet, save it as “CSV UTF-8”, or send the XLSX file.")
        ) from None
    if "\0" in text:
        raise FileRefused(_("This is neither a CSV nor an XLSX file. Save the table as one of them."))
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise FileRefused(_("The file breaks off or is no table: %(error)s.") % {"error": error}) from error


def _sheet(content: bytes) -> Iterator[list[str]]:
    """The first sheet, as the text a person sees; formulas count as what was last computed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise FileRefused(_("The sheet unpacks to more than any table of recommendations. Save it as CSV."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for cells in book.worksheets[0].iter_rows(values_only=True):
            yield [_text(cell) for cell in cells]
    except BROKEN as error:
        raise FileRefused(_("This sheet cannot be opened. Save it anew as XLSX or CSV.")) from error


def _text(cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
