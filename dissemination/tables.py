"""Tables in and out: CSV with its own dry run, and errors by row."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.documents.spreadsheets import csv_lines

MAX_BYTES, MAX_ROWS = 1_000_000, 2_000


class TableRefused(Exception):
    """The table as a whole cannot be read; the message is a full sentence."""


@dataclass(frozen=True)
class Table:
    """What a kind of CSV holds. `form` judges one row of texts and saves it; `same` finds a row that is there."""

    name: str  # the verb of the audit entry
    model: type[models.Model]
    columns: dict[str, Any]  # name in the first line: what stands there, in words
    needed: tuple[str, ...]
    form: type[forms.Form]
    same: Callable[[dict], bool] = lambda cleaned: False


@dataclass
class Outcome:
    """What an import did, or would do."""

    made: int = 0
    known: list[str] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)


def decode(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise TableRefused(_("The file is larger than 1 MB. Split it, and import the parts one after the other."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableRefused(_("The file is not UTF-8. Save it as “CSV UTF-8” and choose it again.")) from error


def rows_of(table: Table, text: str) -> list[tuple[int, dict[str, str]]]:
    """Line numbers and cells by column; comma, semicolon or tab stand between cells."""
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)
        head = [(name or "").strip().lower() for name in reader.fieldnames or []]
        _judge_head(table, head)
        reader.fieldnames = head
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise TableRefused(_("The table cannot be read (%(why)s). Save it as CSV again.") % {"why": error}) from error
    if len(rows) > MAX_ROWS:
        raise TableRefused(_("The table has more than %(number)d rows. Split it.") % {"number": MAX_ROWS})
    filled = [(line, row) for line, row in rows if any(row.values())]
    if not filled:
        raise TableRefused(_("The table has no rows below its first line. Fill it in, then look at it again."))
    return filled


def _judge_head(table: Table, head: list[str]) -> None:
    unknown = [name for name in head if name not in table.columns]
    missing = [name for name in table.needed if name not in head]
    if missing or unknown or len(set(head)) < len(head):
        raise TableRefused(
            _("The first line names the columns: %(columns)s. Needed are %(needed)s. Not understood: %(unknown)s.")
            % {
                "columns": ", ".join(table.columns),
                "needed": ", ".join(table.needed),
                "unknown": ", ".join(unknown) or "–",
            }
        )


@transaction.atomic
def take_in(table: Table, text: str, *, by: Any, dry_run: bool) -> Outcome:
    """All rows or none: one that cannot be taken keeps all others out, so a corrected file is imported as a whole."""
    outcome = Outcome()
    for line, row in rows_of(table, text):
        if None in row or None in row.values():
            outcome.errors.append((line, _("This row has more or fewer cells than the first line.")))
            continue
        _take(table, line, row, outcome)
    if dry_run or outcome.errors:
        transaction.set_rollback(True)
    elif outcome.made:
        audit.record(by=by, verb=f"{table.name}.imported", label=str(table.model._meta.verbose_name_plural),
                     rows=outcome.made, known=len(outcome.known))  # fmt: skip
    return outcome


def _take(table: Table, line: int, row: dict[str, str], outcome: Outcome) -> None:
    form = table.form({name: (cell or "").strip() for name, cell in row.items()})
    if not form.is_valid():
        outcome.errors.extend((line, _said(name, error)) for name, found in form.errors.items() for error in found)
    elif table.same(form.cleaned_data):
        outcome.known.append(str(line))
    else:
        form.save()
        outcome.made += 1


def _said(name: str, error: str) -> str:
    return error if name == "__all__" else f"{name}: {error}"


def csv_response(filename: str, head: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    response = HttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response
