"""Holidays and kinds of deadline from the data files; what staff edited is kept and named."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext_noop

from iesogi.deadlines.models import DeadlineKind, Holiday
from iesogi.reference.loading import Loader, Report, loading
from iesogi.reference.sources import Row, read_csv, read_yaml

DATA = Path(__file__).parent / "data"

# So that the names in holidays.csv reach the translators.
NAMES = (
    gettext_noop("New Year’s Day"),
    gettext_noop("Good Friday"),
    gettext_noop("Easter Monday"),
    gettext_noop("Ascension Day"),
    gettext_noop("Whit Monday"),
    gettext_noop("Geneva Fast"),
    gettext_noop("Eid al-Fitr"),
    gettext_noop("Eid al-Adha"),
    gettext_noop("Memorial Day"),
    gettext_noop("Independence Day"),
    gettext_noop("Labor Day"),
    gettext_noop("Thanksgiving Day"),
    gettext_noop("Christmas Day"),
)


def kinds_on_file() -> Iterable[Row]:
    return read_yaml(DATA / "kinds.yaml")


def load_holidays(loader: Loader) -> None:
    for row in read_csv(DATA / "holidays.csv"):
        loader.put(
            Holiday,
            key={"calendar": row.need("calendar"), "on": row.need("on")},
            values={name: row.need(name) for name in ("name", "evidence", "note")},
            where=row.where,
        )


def load_kinds(loader: Loader) -> None:
    for row in kinds_on_file():
        put_kind(loader, row)


def put_kind(loader: Loader, row: Row) -> DeadlineKind:
    values = {
        "label": row.need("label"),
        "reminder_offsets": row.need("reminder_offsets"),
        "confidential": row.get("confidential", False),
    }
    return loader.put(DeadlineKind, key={"code": row.need("code")}, values=values, where=row.where).row


def load(*, dry_run: bool = False) -> Report:
    with loading("holidays and kinds of deadline", dry_run=dry_run) as loader:
        load_kinds(loader)
        load_holidays(loader)
    return loader.report
