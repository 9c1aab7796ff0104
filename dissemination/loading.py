"""Counts of speaking engagements as the work programme prints them (para 41): never rows of the register."""

from datetime import date

from dissemination.enums import EngagementKind, Measure
from dissemination.models import EngagementCount
from iesogi.reference.enums import Evidence, Qualifier
from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import Loader
from iesogi.reference.sources import Row

# The row of the acceptance table that asks for the languages; the file names it in a comment only.
LANGUAGES_REF = "WP-41-3"


def load_engagement_counts(loader: Loader, data: Row) -> None:
    """Load the `engagements` mapping: total, parts, attendance, continents, languages, and since when online."""
    start, end = data.need("period_start"), data.need("period_end")
    for measure, kind, label, row in _figures(data):
        _put(
            loader,
            row,
            code=f"{start:%Y-%m}-{kind or measure}",
            label=label,
            measure=measure,
            kind=kind,
            period_start=start,
            period_end=end,
            quantity=row.need("quantity"),
            qualifier=row.need("qualifier"),
            ref=row.need("ref"),
        )
    _put_languages(loader, data, start, end)
    _put_online(loader, data, end)


def _figures(data: Row) -> list[tuple[str, str, str, Row]]:
    parts = [(Measure.ENGAGEMENTS, _kind(row), row.need("label"), row) for row in data.need("by_kind")]
    return [
        (Measure.ENGAGEMENTS, "", "Major speaking engagements", data.need("total")),
        *parts,
        (Measure.ATTENDANCE, "", "People who attended", data.need("attendance")),
        (Measure.CONTINENTS, "", "Continents", data.need("continents")),
    ]


def _kind(row: Row) -> str:
    code = row.need("code")
    if code not in EngagementKind:
        raise LoadError(
            f"{row.where}: “{code}” is no kind of engagement. Use one of {', '.join(EngagementKind.values)}; "
            "nothing was loaded."
        )
    return code


def _put_languages(loader: Loader, data: Row, start: date, end: date) -> None:
    """The languages are printed by name; how many they are is counted here and marked so."""
    languages = data.need("languages")
    _put(
        loader,
        data,
        code=f"{start:%Y-%m}-{Measure.LANGUAGES}",
        label="Languages",
        measure=Measure.LANGUAGES,
        period_start=start,
        period_end=end,
        quantity=len(languages),
        evidence=Evidence.COMPUTED,
        languages=languages,
        ref=LANGUAGES_REF,
    )


def _put_online(loader: Loader, data: Row, end: date) -> None:
    """From which month on everything was online; no number is printed for it."""
    since = date.fromisoformat(f"{data.need('online_since')}-01")
    _put(
        loader,
        data,
        code=f"{since:%Y-%m}-{Measure.ONLINE}",
        label="Engagements held online",
        measure=Measure.ONLINE,
        period_start=since,
        period_end=end,
        quantity=None,
        qualifier="",
        ref=data.need("attendance").need("ref"),
    )


def _put(loader: Loader, row: Row, *, code: str, **values) -> None:
    given = {"kind": "", "qualifier": Qualifier.EXACT, "evidence": Evidence.PRINTED, "languages": []}
    loader.put(EngagementCount, key={"code": code}, values=given | values, where=row.where)
