"""Find a State by its ISO code, or be told in a sentence why not."""

from iesogi.reference.exceptions import UnknownCountryError
from iesogi.reference.models import Country


def country(iso3: str, *, where: str = "") -> Country:
    """The State with this ISO alpha-3 code; `where`, as in "visits.yaml, line 12", begins a complaint about it."""
    try:
        return Country.objects.by_iso3(iso3)
    except UnknownCountryError as error:
        raise UnknownCountryError(f"{where}: {error} Nothing was loaded." if where else str(error)) from None


def countries(codes: list[str], *, where: str = "") -> list[Country]:
    """The States of a list of codes, in its order; one unknown code refuses the list."""
    return [country(code, where=where) for code in codes]
