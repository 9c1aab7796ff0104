"""All reference data in one load: what `manage.py load_reference` runs, and tests build on."""

from pathlib import Path

from iesogi.reference.enums import Evidence, Forum, PerspectiveKind
from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import Loader, Report, loading
from iesogi.reference.lookup import country
from iesogi.reference.models import Affiliation, Mandate, MandateHolder, MandateTerm, Perspective, Session
from iesogi.reference.sources import Row, read_csv, read_lists
from iesogi.reference.states import load_states

DATA = Path(__file__).parent / "data"


def load_reference(folder: Path = DATA, *, dry_run: bool = False) -> Report:
    """Load every file of `folder` in one transaction; safe to run again at any time."""
    with loading("reference data", dry_run=dry_run) as loader:
        load_states(loader, folder)
        load_perspectives(loader, read_lists(folder / "perspectives.yaml"))
        load_sessions(loader, read_lists(folder / "sessions.yaml"))
        load_mandates(loader, read_lists(folder / "mandates.yaml"))
        load_special_procedures(loader, read_csv(folder / "special_procedures.csv"))
    return loader.report


def load_perspectives(loader: Loader, document: dict[str, list[Row]]) -> None:
    """Pillars stand in the file before the realms and duties that are part of them, factors before their focus."""
    loaded: dict[str, Perspective] = {}
    for kind, rows in document.items():
        for row in rows:
            values = {"kind": _choice(PerspectiveKind, kind, row), **_without(row, "code", "part_of", "combines")}
            if "part_of" in row:
                values["part_of"] = _named(loaded, row["part_of"], row)
            combined = [_named(loaded, code, row) for code in row.get("combines", [])]
            put = loader.put(
                Perspective,
                key={"code": row.need("code")},
                values=values,
                m2m={"combines": combined} if combined else {},
                where=row.where,
            )
            loaded[row["code"]] = put.row


def load_sessions(loader: Loader, document: dict[str, list[Row]]) -> None:
    for forum, rows in document.items():
        for row in rows:
            loader.put(
                Session,
                key={"forum": _choice(Forum, forum, row), "number": row.need("number")},
                values={"dates_evidence": row.need("evidence"), **_without(row, "number", "evidence")},
                where=row.where,
            )


def load_mandates(loader: Loader, document: dict[str, list[Row]]) -> None:
    """This mandate, the resolutions behind it, who held it and where they worked besides."""
    mandate = _load_ours(loader, document["ours"][0])
    for row in document["terms"]:
        key = {"mandate": mandate, "year": row.need("year")}
        loader.put(MandateTerm, key=key, values=_without(row, "year", "vote") | _vote(row), where=row.where)
    holders = {row.need("code"): _load_holder(loader, mandate, row) for row in document["holders"]}
    for row in document["affiliations"]:
        key = {"holder": _named(holders, row.need("holder"), row), "title": row.need("title")}
        loader.put(Affiliation, key=key, values=_without(row, "holder", "title"), where=row.where)


def _load_ours(loader: Loader, row: Row) -> Mandate:
    values = _without(row, "code") | {"is_ours": True}
    return loader.put(Mandate, key={"code": row.need("code")}, values=values, where=row.where).row


def _load_holder(loader: Loader, mandate: Mandate, row: Row) -> MandateHolder:
    values = _without(row, "code", "country") | {
        "mandate": mandate,
        "country": country(row.need("country"), where=row.where),
    }
    return loader.put(MandateHolder, key={"code": row["code"]}, values=values, where=row.where).row


def load_special_procedures(loader: Loader, rows: list[Row]) -> None:
    """The other mandates, that letters are often joint with."""
    for row in rows:
        on = country(row["state"], where=row.where) if row["state"] else None
        titles = {name: row[name] for name in ("label", "of_fr", "title_fr", "title_es")}
        values = {**titles, "country": on, "evidence": Evidence.UNCONFIRMED}
        loader.put(Mandate, key={"code": row["code"]}, values=values, where=row.where)


def _vote(row: Row) -> dict[str, int]:
    if len(row.need("vote")) != 3:
        raise LoadError(f"{row.where}: a vote is three numbers, in favour, against, abstentions; nothing was loaded.")
    return dict(zip(("in_favour", "against", "abstentions"), row.need("vote"), strict=True))


def _without(row: Row, *names: str) -> dict:
    return {name: value for name, value in row.items() if name not in names}


def _choice(choices, value, row: Row):
    if value not in choices.values:
        allowed = ", ".join(choices.values)
        raise LoadError(f"{row.where}: “{value}” is none of {allowed}. Correct the heading; nothing was loaded.")
    return choices(value)


def _named(rows: dict, code: str, row: Row):
    if code not in rows:
        raise LoadError(f"{row.where}: “{code}” is not defined above. Correct the code; nothing was loaded.")
    return rows[code]
