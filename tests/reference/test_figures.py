from decimal import Decimal

import pytest
from django.utils import translation

from iesogi.reference.figures import qualified


@pytest.mark.parametrize(
    ("quantity", "qualifier", "words"),
    [
        (None, "about", "not stated"),
        (0, "exact", "0"),
        (Decimal("58.00"), "exact", "58"),
        (Decimal("30000.00"), "combined", "combined 30,000"),
        (300, "about", "about 300"),
        (1200, "over", "over 1,200"),
        (Decimal("1.50"), "estimated", "estimated 1.5"),
        (12, "", "12"),
    ],
)
def test_figure_is_shown_with_its_qualifier(quantity, qualifier, words):
    assert qualified(quantity, qualifier) == words


def test_separators_follow_the_language():
    with translation.override("es"):
        assert qualified(30000, "exact") != "30,000"
