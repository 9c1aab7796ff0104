"""What the form offers from the reference data. While the database is away, the lists seen last are offered."""

from django.db import DatabaseError
from django.utils.translation import get_language

from iesogi.reference.models import Country, Mandate

_seen = {}


def _kept(name, read):
    """A copy of reference data, and no more: an answer is judged against the rows when it is kept."""
    key = name, get_language()
    try:
        _seen[key] = read()
    except DatabaseError:
        return _seen.get(key, [])
    return _seen[key]


def states() -> list[tuple[str, str]]:
    """Code and name in the language of the page."""
    return _kept("states", lambda: [(row.iso3, row.name) for row in Country.objects.in_page_order()])


def mandates() -> list[tuple[str, str]]:
    return _kept("mandates", lambda: list(Mandate.objects.filter(is_ours=False).values_list("code", "label")))
