"""Letters that the work programme prints (paras 27-29, 47): reference, dates and outcome, never a name."""

from communications.enums import LetterKind, LetterState
from communications.models import Letter
from communications.references import MalformedReferenceError, parse
from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import Loader
from iesogi.reference.lookup import country
from iesogi.reference.sources import Row
from iesogi.reference.text import fold


def load_outcomes(loader: Loader, data: Row) -> None:
    """Load the `communications` mapping of the work programme. What is printed there is public already."""
    for row in data.need("kinds"):
        _require_kind(row.need("code"), row)
    for row in data.need("outcomes"):
        _load_outcome(loader, row)


def _load_outcome(loader: Loader, row: Row) -> None:
    _require_kind(row.get("kind") or "", row)
    key = _key(row)
    loader.put(
        Letter,
        key=key,
        values={
            "kind": row.get("kind") or "",
            "country": country(row.need("country"), where=row.where),
            "state": LetterState.PUBLISHED,
            "public": True,
            "joint": row.get("joint"),
            "mandate_count": row.get("mandates"),
            "sent_on": row.get("sent_on"),
            "matter": row.get("matter") or "",
            "search_text": fold(row.get("matter") or ""),
            "persons": row.get("persons"),
            "event_on": row.get("detained_on"),
            "outcome": row.need("outcome"),
            "outcome_on": row.get("outcome_on"),
            "acknowledged_by_state": row.get("acknowledged_by_state"),
            "contribution": row.need("contribution").replace(" ", "_"),
            "ref": row.get("ref") or "",
        },
        where=row.where,
    )


def _key(row: Row) -> dict:
    """The parts of the reference, held against the columns in which the file repeats them."""
    try:
        reference = parse(str(row.need("reference")))
    except MalformedReferenceError as error:
        raise LoadError(f"{row.where}: {error} Nothing was loaded.") from error
    if reference[2:] != (row.need("country"), row.need("number"), row.need("year")):
        raise LoadError(
            f"{row.where}: {reference} does not agree with the country, number and year beside it. "
            "Correct the line; nothing was loaded."
        )
    return {"reference_code": reference.country, "number": reference.number, "year": reference.year}


def _require_kind(code: str, row: Row) -> None:
    if code and code not in LetterKind:
        raise LoadError(
            f"{row.where}: “{code}” is no type of letter. Use one of {', '.join(LetterKind.values)}; "
            "nothing was loaded."
        )
