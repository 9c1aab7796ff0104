"""CSV and XLSX that every spreadsheet reads in the right letters, and of which it runs no cell."""

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook

# Where a cell begins with one of these, a spreadsheet takes it for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"  # without it a spreadsheet reads Arabic and accents wrongly


def harmless(cell: Any) -> str:
    """As text that no spreadsheet takes for a formula; `plain` reads it back."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


class _Echo:
    """A file for `csv` that hands each line back, so that it can leave at once."""

    def write(self, line: str) -> str:
        return line


def csv_lines(head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Line by line, however many; every cell harmless."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(head)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def sheet_text(cell: Any) -> str:
    """Harmless, and without control characters: they are no part of XML, so a sheet cannot hold them."""
    return "".join(sign for sign in harmless(cell) if sign.isprintable() or sign in "\n\t")


def workbook(sheets: Iterable[tuple[str, Iterable[Iterable[Any]]]]) -> bytes:
    """XLSX of sheets by their names. Cells go in as they are: what somebody typed passes `sheet_text` first."""
    book = Workbook(write_only=True)
    for name, lines in sheets:
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
