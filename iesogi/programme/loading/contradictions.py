"""The annex: what does not agree as printed, each side as it stands, and what the portal keeps."""

from typing import Any

from iesogi.programme.models import Contradiction, Statement, WorkProgramme
from iesogi.programme.source import DATA
from iesogi.reference.loading import Loader
from iesogi.reference.sources import Row, read_yaml

SIDES = "abcd"


def load_contradictions(loader: Loader, programme: WorkProgramme, rows: list[Row]) -> None:
    notes = {row.need("number"): row.need("note") for row in read_yaml(DATA / "contradictions.yaml")}
    for row in rows:
        contradiction = loader.put(
            Contradiction,
            key={"programme": programme, "number": row["number"]},
            values={"topic": row["topic"], "keep": row["keep"], "note": notes.get(row["number"], "")},
            where=row.where,
        ).row
        for letter in SIDES:
            if letter in row:
                _load_statement(loader, contradiction, letter, row[letter])


def _load_statement(loader: Loader, contradiction: Contradiction, letter: str, row: Row) -> None:
    loader.put(
        Statement,
        key={"contradiction": contradiction, "letter": letter},
        values={
            "value": _as_text(row["value"]),
            "measure": row.get("measure", ""),
            "qualifier": row.get("qualifier", ""),
            "evidence": row.get("evidence", "printed"),
            "parts": row.get("parts", []),
            "ref": row.get("ref") or "",
        },
        where=row.where,
    )


def _as_text(value: Any) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
