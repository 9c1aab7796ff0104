"""The export of the Universal Human Rights Index (domain.md section 7), whose columns are spelled as it spells them.

Cells hold several values on lines that begin with a hyphen; days are days since the end of 1899, or dates; the
recommending body is written "Reccomending Body".
"""

import re
from datetime import date, timedelta

from visits.recommendations.columns import SEPARATOR
from visits.recommendations.enums import SourceKind

BODY = ("reccomending body", "recommending body")
EPOCH = date(1899, 12, 30)
MANDATE = re.compile(r"sexual orientation|\bsogi\b", re.IGNORECASE)
KINDS = [
    (re.compile(r"^A/HRC/\d+/\d+/Add\.\d+"), SourceKind.VISIT_REPORT),
    (re.compile(r"^A/HRC/\d+/\d+"), SourceKind.HRC_REPORT),
    (re.compile(r"^A/\d+/\d+"), SourceKind.GA_REPORT),
]


def is_theirs(header: list[str]) -> bool:
    return "text" in header and any(name in header for name in BODY)


def values(cell: str) -> list[str]:
    """ "- Iraq\\n- Chad" is Iraq and Chad."""
    return [line.strip().removeprefix("-").strip() for line in cell.splitlines() if line.strip(" -")]


def is_of_the_mandate(row: dict[str, str]) -> bool:
    """A recommendation, as far as the export says what it is, and one of this mandate."""
    kind = row.get("annotation type", "") or row.get("type", "")
    body = " ".join(row.get(name, "") for name in BODY)
    return bool(MANDATE.search(body)) and (not kind.strip() or "recommendation" in kind.lower())


def as_ours(row: dict[str, str]) -> dict[str, str]:
    symbol, text = row.get("document symbol", "").strip(), row.get("text", "").strip()
    issued = _day(row.get("document publication date", ""))
    number = row.get("ohchr annotation id", "").strip()
    paragraph = re.match(r"^\W{0,3}(\d{1,3}(?: ?\([a-z]\))?)[.\s]", text)
    return {
        "reference": f"UHRI {number}" if number else "",
        "text": text,
        "source_kind": next((kind.value for pattern, kind in KINDS if pattern.match(symbol)), ""),
        "source_symbol": symbol,
        "source_paragraph": paragraph[1] if paragraph else "",
        "issued_on": issued,
        "source_public_on": issued,
        "state": SEPARATOR.join(values(row.get("countries concerned", ""))),
        "themes": SEPARATOR.join(values(row.get("themes", ""))),
        "affected_persons": SEPARATOR.join(values(row.get("affected persons", ""))),
        "sdgs": SEPARATOR.join(values(row.get("sdgs", ""))),
    }


def _day(cell: str) -> str:
    """A serial number becomes its date; anything else is judged as it is."""
    cell = cell.strip()
    return (EPOCH + timedelta(days=int(cell))).isoformat() if re.fullmatch(r"\d{4,5}", cell) else cell
