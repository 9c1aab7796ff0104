"""Figures and the register of the desk as CSV and XLSX; no cell is taken for a formula."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from communications.desk.figures import Table
from communications.models import Letter
from iesogi.documents.spreadsheets import csv_lines, sheet_text, workbook

PIECE = 1000
# A sheet is made in memory; more rows than this go out as CSV, which is written as it is read.
SHEET_ROWS = 5000
COLUMNS = (
    "reference", "type", "state", "addressee", "regional_group", "stage", "sent_on", "reply_due_on", "replied_on",
    "reply", "joint", "role", "public", "published_on", "matter", "outcome", "outcome_on", "contribution",
)  # fmt: skip


def figures_csv(tables: Iterable[Table]) -> Iterator[str]:
    """One table after another, each under its title."""
    lines = (line for each in tables for line in _lines(each))
    return csv_lines(["", *next(iter(tables)).heads], lines)


def _lines(each: Table) -> Iterator[list[Any]]:
    yield [each.title, *each.heads]
    for row in each.rows:
        yield [row.label, *row.counts]


def figures_xlsx(tables: Iterable[Table]) -> bytes:
    """A sheet for each table; figures stay figures."""
    return workbook((f"{number}", _cells(each)) for number, each in enumerate(tables, 1))


def _cells(each: Table) -> Iterator[list[Any]]:
    for line in _lines(each):
        yield [cell if isinstance(cell, int) else sheet_text(cell) for cell in line]


def register_rows(letters: QuerySet) -> Iterator[list[Any]]:
    found = letters.select_related("country", "reply_deadline").order_by("-sent_on", "pk")
    for letter in found.iterator(chunk_size=PIECE):
        yield _row(letter)


def _row(letter: Letter) -> list[Any]:
    country, due = letter.country, letter.reply_deadline
    return [
        letter.reference, letter.kind, country.iso3 if country else "", str(letter.addressee),
        country.regional_group if country else "", letter.state, letter.sent_on, due.due_on if due else None,
        letter.replied_on, letter.reply_class, letter.joint, letter.role, letter.public, letter.published_on,
        letter.matter, letter.outcome, letter.outcome_on, letter.contribution,
    ]  # fmt: skip


def register_csv(letters: QuerySet) -> Iterator[str]:
    return csv_lines(COLUMNS, register_rows(letters))


def register_xlsx(letters: QuerySet) -> bytes:
    lines = ([sheet_text(cell) for cell in row] for row in register_rows(letters))
    return workbook([("Letters", chain([COLUMNS], lines))])
