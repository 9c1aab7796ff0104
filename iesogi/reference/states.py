"""States and their names: ISO codes and groups from a file, names from CLDR and the United Nations' own forms."""

from functools import cache
from pathlib import Path

from babel import Locale

from iesogi.reference.exceptions import LoadError, UnknownCountryError
from iesogi.reference.loading import Loader
from iesogi.reference.models import Country, RegionTag
from iesogi.reference.querysets.countries import NAME_LANGUAGES
from iesogi.reference.sources import Row, read_csv, read_rows


def load_states(loader: Loader, folder: Path) -> None:
    """The 193 members and 2 observers, and the regions that are no UN group.

    A State's tags are part of its row: staff who change them have edited the State, and no load brings them back.
    """
    rows = read_csv(folder / "states.csv")
    tag_rows = read_rows(folder / "region_tags.yaml")
    names = _un_names(folder / "un_names.csv", known={row.need("iso3") for row in rows})
    tags = _tags_by_state(tag_rows, known={row["iso3"] for row in rows})
    by_code = {row.need("code"): _load_tag(loader, row) for row in tag_rows}
    for row in rows:
        loader.put(
            Country,
            key={"iso3": row["iso3"]},
            values={"iso2": row["iso2"], "status": row["status"], "regional_group": row["group"]}
            | _names(row, names.get(row["iso3"], {})),
            m2m={"region_tags": [by_code[code] for code in tags.get(row["iso3"], [])]},
            where=row.where,
        )


def _load_tag(loader: Loader, row: Row) -> RegionTag:
    values = {name: value for name, value in row.items() if name not in {"code", "states"}}
    return loader.put(RegionTag, key={"code": row["code"]}, values=values, where=row.where).row


def _un_names(path: Path, known: set[str]) -> dict[str, Row]:
    rows = read_csv(path)
    for row in rows:
        _require(row["iso3"], known, row)
    return {row["iso3"]: row for row in rows}


def _tags_by_state(rows: list[Row], known: set[str]) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    for row in rows:
        for code in row.need("states"):
            _require(code, known, row)
            tags.setdefault(code, []).append(row.need("code"))
    return tags


def _require(code: str, known: set[str], row: Row) -> None:
    if code not in known:
        raise UnknownCountryError(
            f"{row.where}: “{code}” is not the ISO alpha-3 code of a State in states.csv. "
            "Correct the code or add the State; nothing was loaded."
        )


def _names(row: Row, un: dict[str, str]) -> dict[str, str]:
    """Six names, the United Nations' form before CLDR's, and what else people may search for."""
    if row.need("iso2") not in _cldr("en").territories:
        raise LoadError(f"{row.where}: “{row['iso2']}” is no ISO alpha-2 code that CLDR knows; nothing was loaded.")
    cldr = {language: _cldr(language).territories[row["iso2"]] for language in NAME_LANGUAGES}
    chosen = {language: un.get(language) or cldr[language] for language in NAME_LANGUAGES}
    others = [name for language, name in cldr.items() if name != chosen[language]]
    others += [un["also"]] if un.get("also") else []
    return {f"name_{language}": name for language, name in chosen.items()} | {"other_names": ", ".join(others)}


@cache
def _cldr(language: str) -> Locale:
    return Locale.parse(language)
