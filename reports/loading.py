"""Themes, the standard method and the reports that came out, from data files, without writing over staff."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import Loader
from iesogi.reference.models import MandateHolder, Session
from iesogi.reference.sources import Row, read_yaml
from reports.enums import ReportState, ThemeStatus
from reports.models import MethodStep, Report, Theme

DATA = Path(__file__).parent / "data"


def load_themes(loader: Loader, data: Row) -> None:
    """Themes done and planned, from the `research` part of a work programme.

    Status and slot stay as printed also when the theme was reported elsewhere: what came out is the report (R18).
    """
    for row in [*data.need("themes_done"), *data.need("themes_planned")]:
        planned = row.need("status") == ThemeStatus.PLANNED
        values = {
            "letter": row["ref"][-1],
            "floating": row["floating"],
            "floating_reason": row.get("floating_reason", ""),
            "sdgs": row.get("sdg", []),
            "span_years": row.get("span_years"),
            "sources": data["theme_sources"] if planned else [],
            "ref": row["ref"],
        }
        _put_theme(loader, row, status=row["status"], **values)


def _put_theme(loader: Loader, row: Row, **values: Any) -> None:
    loader.put(
        Theme,
        key={"code": row.need("code")},
        values={"label": row.need("label"), "forum": row["forum"], "year": row["year"], **values},
        where=row.where,
    )


def load_method(loader: Loader) -> None:
    names = ("order", "phase", "days_before_slot")
    words = ("prepares", "supervises", "approves", "yields", "note", "ref")
    for row in read_yaml(DATA / "method.yaml"):
        values = {name: row.need(name) for name in names} | {name: row.get(name, "") for name in words}
        roles = row.get("roles", ["", "", ""])
        values |= dict(zip(("prepares_role", "supervises_role", "approves_role"), roles, strict=True))
        values |= {"duration_days": row.get("duration_days", 0), "optional": row.get("optional", False)}
        values["days_before_slot_ga"] = row.get("days_before_slot_ga")
        loader.put(MethodStep, key={"stage": row.need("code")}, values=values, where=row.where)


def load_issued_reports(loader: Loader) -> None:
    """One report a slot, with its themes; those of the work programme come first (`load_themes`)."""
    data = read_yaml(DATA / "issued_reports.yaml")
    for row in data.need("further_themes"):
        _put_theme(loader, row, status=ThemeStatus.DONE)
    for row in data.need("reports"):
        _put_report(loader, row)


def _put_report(loader: Loader, row: Row) -> None:
    forum, year = row.need("forum"), row.need("year")
    issued = row.need("issued")
    loader.put(
        Report,
        key={"forum": forum, "year": year},
        values={
            "title": row.need("title"),
            "session": _session(forum, year, row),
            "symbol": row.need("symbol"),
            "symbol_evidence": row.need("symbol_evidence"),
            "state": row.get("state", ReportState.PRESENTED),
            "holder": _holder(row),
            "issued_on": issued if isinstance(issued, date) else None,
            "issued_printed": str(issued),
            "issued_evidence": row.need("issued_evidence"),
            "presented_on": row.get("presented_on"),
            "note": row.get("note", ""),
        },
        m2m={"themes": list(_themes(row))},
        where=row.where,
    )


def _session(forum: str, year: int, row: Row) -> Session:
    return _there(
        Session.objects.of_the_mandate().filter(forum=forum, year=year).first(),
        f"{row.where}: no session of {forum} in {year} takes a report of the mandate.",
    )


def _holder(row: Row) -> MandateHolder:
    code = row.need("holder")
    return _there(
        MandateHolder.objects.filter(code=code).first(), f"{row.where}: mandate holder “{code}” is not known."
    )


def _there(found: Any, complaint: str) -> Any:
    if found is None:
        raise LoadError(f"{complaint} Run `python manage.py load_reference` first; nothing was loaded.")
    return found


def _themes(row: Row) -> Iterable[Theme]:
    for code in row.need("themes"):
        theme = Theme.objects.filter(code=code).first()
        if theme is None:
            raise LoadError(
                f"{row.where}: theme “{code}” is not known. Add it to further_themes, or load the work programme "
                "that names it; nothing was loaded."
            )
        yield theme
