"""One cell at a time: what it means, or a sentence that says why it cannot be read."""

import re
from datetime import date, datetime
from functools import cache, cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iesogi.reference.models import Country
from iesogi.reference.text import fold
from visits.recommendations.columns import SEPARATOR

GOAL = re.compile(r"^(?:SDG\s*)?(\d{1,2})(?:\.(\d{1,2}|[a-d]))?(?:\b|$)", re.IGNORECASE)


class CellRefused(Exception):
    """A cell that cannot be read; the sentence stands beside its row and column."""


class States:
    """States by their code or any of their names; read once for a whole file."""

    @cached_property
    def _known(self) -> dict[str, Country]:
        known = {}
        for country in Country.objects.all():
            for name in (country.iso3, *country.names.values(), *re.split(r"[\n;,]", country.other_names)):
                known.setdefault(fold(name), country)
        return known

    def called(self, cell: str) -> Country | None:
        if SEPARATOR.strip() in cell:
            raise CellRefused(_("Several States are named. Write one row for each."))
        if not cell.strip():
            return None
        found = self._known.get(fold(cell))
        if found is None:
            raise CellRefused(
                _("“%(cell)s” is no State. Use its code of three letters, as in KAZ, or its name.")
                % {"cell": cell[:60]}
            )
        return found


def day(cell: str) -> date | None:
    cell = cell.strip()
    if not cell:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise CellRefused(_("“%(cell)s” is no date. Write it as 2021-06-30.") % {"cell": cell[:60]})


@cache
def _spelled(choices, language: str) -> dict[str, str]:
    """Values by what may stand in a cell; where two are spelled alike, the first of them."""
    words = [(fold(word), member.value) for member in choices for word in (member.value, str(member.label))]
    return dict(reversed(words))


def choice(cell: str, choices, default: str = "") -> str:
    """A value of the choices, or its label in the language of the page, whatever its case."""
    wanted = fold(cell)
    if not wanted:
        return default
    found = _spelled(choices, get_language())
    if wanted in found:
        return found[wanted]
    allowed = ", ".join(choices.values)
    raise CellRefused(_("“%(cell)s” is none of: %(allowed)s.") % {"cell": cell[:60], "allowed": allowed})


def number(cell: str) -> int | None:
    if not cell.strip():
        return None
    if not re.fullmatch(r"[1-5]", cell.strip()):
        raise CellRefused(_("“%(cell)s” is not from 1 to 5.") % {"cell": cell[:60]})
    return int(cell)


def several(cell: str) -> list[str]:
    """Values between semicolons, each once."""
    return list(dict.fromkeys(value.strip()[:200] for value in cell.split(";") if value.strip()))


def goals(cell: str) -> dict[str, str]:
    """Codes of Goals and targets with their labels: "SDG 16.3 Rule of law" is 16.3."""
    found = {}
    for value in several(cell):
        match = GOAL.match(value)
        if not match or not 1 <= int(match[1]) <= 17:
            sentence = _("“%(cell)s” is no Goal or target: they go from 1 to 17, as in 5 or 16.3.")
            raise CellRefused(sentence % {"cell": value[:60]})
        code = f"{int(match[1])}.{match[2].lower()}" if match[2] else str(int(match[1]))
        found[code] = value[match.end() :].strip(" -:.") or code
    return found
