"""Figures as people read them: with the separators of the language, and with how sure they are in words (R21)."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from iesogi.reference.enums import Qualifier


def number(quantity: Decimal | int | None) -> str:
    """A quantity without idle decimals; what is unknown says so and is never read as zero."""
    if quantity is None:
        return _("not stated")
    quantity = Decimal(quantity).normalize()
    places = 0 if quantity == quantity.to_integral_value() else None
    return number_format(quantity, places, force_grouping=True)


def qualified(quantity: Decimal | int | None, qualifier: str) -> str:
    """The qualifier is part of the figure: "about 70"; an exact one stands alone."""
    if quantity is None or qualifier in {"", Qualifier.EXACT}:
        return number(quantity)
    return _("%(qualifier)s %(number)s") % {"qualifier": Qualifier(qualifier).label, "number": number(quantity)}


def share(part: int, whole: int) -> int | None:
    """In whole percent, rounded down so that nothing is "100 %" before it is."""
    return part * 100 // whole if whole else None
