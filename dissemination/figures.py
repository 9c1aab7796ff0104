"""Figures as people read them."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from iesogi.reference.enums import Qualifier


def number(quantity: Decimal | int) -> str:
    """With the separators of the language and no idle decimals."""
    quantity = Decimal(quantity)
    whole = quantity == quantity.to_integral_value()
    return number_format(quantity, 0 if whole else None, force_grouping=True)


def qualified(quantity: Decimal | int | None, qualifier: str) -> str:
    """The qualifier is part of the figure: "combined 30,000"; an exact one stands alone (R21)."""
    if quantity is None:
        return ""
    if qualifier in {"", Qualifier.EXACT}:
        return number(quantity)
    return _("%(qualifier)s %(number)s") % {"qualifier": Qualifier(qualifier).label, "number": number(quantity)}
