"""Calls that the work programme 2021-2023 tells of, with how many contributions it prints (WP paras 39, 45)."""

from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import Loader
from iesogi.reference.sources import Row
from reports.calls.enums import CallState, Part
from reports.calls.models import Call, CallFigure, CallText
from reports.models import Report

# Code in the programme: symbol of the report that the contributions went into.
SYMBOLS = {"conversion-therapy": "A/HRC/44/53", "covid-19": "A/75/258"}


def load_calls(loader: Loader, rows: list[Row]) -> None:
    """The list `inputs` of a work programme. Closing times of these calls are not known, so they have none."""
    for code in dict.fromkeys(row.need("call") for row in rows):
        call = _put_call(loader, code, [row for row in rows if row["call"] == code])
        for row in rows:
            if row["call"] == code:
                _put_figure(loader, call, row)


def _put_call(loader: Loader, code: str, rows: list[Row]) -> Call:
    report = Report.objects.filter(symbol=SYMBOLS.get(code, "")).first() if code in SYMBOLS else None
    values = {"state": CallState.CLOSED, "report": report, "word_limit": None, "ref": rows[0].need("ref")[:20]}
    call = loader.put(Call, key={"code": code}, values=values, where=rows[0].where).row
    title = report.title if report else code
    text = {"title": f"Call for inputs: {title}"}
    loader.put(CallText, key={"call": call, "language": "en"}, values=text, where=rows[0].where)
    return call


def _put_figure(loader: Loader, call: Call, row: Row) -> None:
    category = row.need("category")
    if category not in Part.values:
        raise LoadError(f"{row.where}: “{category}” is no part of the contributions to a call. Nothing was loaded.")
    values = {
        "printed": row.need("label"),
        "quantity": row.need("quantity"),
        "qualifier": row.need("qualifier"),
        "ref": row.need("ref"),
    }
    loader.put(CallFigure, key={"call": call, "part": category}, values=values, where=row.where)
