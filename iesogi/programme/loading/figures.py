"""Printed figures, the product targets of paragraph 30 and the counted activities of Note 1."""

from iesogi.programme.models import ActivityCount, PrintedFigure, ProductTarget, WorkProgramme
from iesogi.programme.source import DATA
from iesogi.reference.loading import Loader
from iesogi.reference.sources import Row, read_yaml


def load_printed(loader: Loader, programme: WorkProgramme) -> None:
    for row in read_yaml(DATA / "figures.yaml"):
        loader.put(
            PrintedFigure,
            key={"programme": programme, "code": row.need("code")},
            values={
                "label": row.need("label"),
                "quantity": row.get("quantity"),
                "unit": row.get("unit") or "",
                "qualifier": row.get("qualifier") or "",
                "evidence": row.get("evidence") or "printed",
                "period_start": row.get("period_start"),
                "period_end": row.get("period_end"),
                "as_of": row.get("as_of"),
                "basis": row.get("basis") or "",
                "ref": row.get("ref") or "",
            },
            where=row.where,
        )


def load_targets(loader: Loader, programme: WorkProgramme, rows: list[Row]) -> None:
    for row in rows:
        loader.put(
            ProductTarget,
            key={"programme": programme, "code": row["code"]},
            values={
                "letter": row["letter"],
                "label": row["label"],
                "quantity": row["quantity"],
                "period": row["period"],
                "qualifier": row["qualifier"],
                "ref": row["ref"],
            },
            where=row.where,
        )


def load_activities(loader: Loader, programme: WorkProgramme, data: Row) -> None:
    for row in data["lines"]:
        meetings = row.get("meetings_total") or {}
        loader.put(
            ActivityCount,
            key={"programme": programme, "letter": row["id"]},
            values={
                "code": row["code"],
                "label": row["label"],
                "quantity": row["quantity"],
                "qualifier": row["qualifier"],
                "unit": row.get("unit", ""),
                "meetings_total": meetings.get("quantity"),
                "meetings_qualifier": meetings.get("qualifier", ""),
                "period_start": data["period_start"],
                "period_end": data["period_end"],
                "as_of": data["as_of"],
                "forecast": data["forecast"],
                "ref": row["ref"],
            },
            where=row.where,
        )
