"""Paragraphs to HTML: figures are bound, letters hang, marks become notes, nothing else gets through."""

from decimal import Decimal

import pytest
from django.utils import translation

from iesogi.programme.text import UnboundFigureError, bind, blocks, inline, linked_mark
from iesogi.reference.figures import number, qualified


@pytest.mark.parametrize(
    ("language", "quantity", "shown"),
    [
        ("en", Decimal("30000.00"), "30,000"),
        ("fr", Decimal("30000.00"), "30\xa0000"),
        ("es", Decimal(1312), "1\xa0312"),
        ("en", Decimal("1.50"), "1.5"),
        ("en", 0, "0"),
        ("en", None, "not stated"),
    ],
)
def test_number_is_written_in_the_language(language, quantity, shown):
    with translation.override(language):
        assert number(quantity).replace("\u202f", "\xa0") == shown


def test_qualifier_is_written_in_words():
    assert qualified(70, "about") == "about 70"
    assert qualified(30000, "combined") == "combined 30,000"
    assert qualified(58, "exact") == "58"


def test_figures_stand_where_their_codes_are():
    assert bind("from {states} States", {"states": "174"}) == "from 174 States"


def test_unknown_figure_is_named():
    with pytest.raises(UnboundFigureError, match="nobody"):
        bind("{nobody}", {})


def test_lettered_items_lose_their_letter_to_the_layout():
    first, second = blocks("Two aims:\n\n(a) to *listen*", {}, linked_mark)
    assert (first.letter, first.html) == ("", "Two aims:")
    assert (second.letter, second.html) == ("a", "to <em>listen</em>")


def test_footnote_mark_links_to_its_note():
    (block,) = blocks("Six visits.[^6]", {}, linked_mark)
    assert 'href="#footnote-6"' in block.html


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "[x](javascript:alert(1))", '<p style="x">'])
def test_nothing_but_emphasis_and_links_gets_through(hostile):
    html = inline(hostile)
    assert "<script" not in html
    assert "<p" not in html
    assert 'href="javascript' not in html
