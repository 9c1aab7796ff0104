"""Spans of time: named, inside the frame in both directions, months when near and years when far."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.utils import translation

from iesogi.documents.spans import Line, Span, spans

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    Span("Review", date(2026, 7, 8), date(2026, 9, 2), "done"),
    Span("Drafting", date(2027, 1, 20), date(2027, 2, 24), "late"),
    Span("Submission", date(2027, 3, 31), date(2027, 3, 31), "open"),
]
LINES = [Line("Slot date", date(2027, 3, 31))]


def drawn(rows=ROWS):
    return ET.fromstring(spans(rows, LINES, title="Plan", desc="One bar a step."))  # noqa: S314 - our own text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_bars_and_words_stay_inside(language):
    with translation.override(language):
        root = drawn()
    _x, _y, width, height = (float(each) for each in root.get("viewBox").split())
    bars = root.findall(f"{SVG}rect")
    assert len(bars) == len(ROWS)
    for bar in bars:
        assert 0 <= float(bar.get("x")) <= float(bar.get("x")) + float(bar.get("width")) <= width
        assert float(bar.get("y")) + float(bar.get("height")) <= height
    assert all(0 <= float(text.get("x")) <= width for text in root.iter(f"{SVG}text"))
    assert root.find(f"{SVG}title").text == "Plan"


def test_state_is_told_by_fill_and_edge():
    fills = [(bar.get("fill")[:4], bar.get("stroke-width")) for bar in drawn().findall(f"{SVG}rect")]
    assert fills == [("#005", "0.75"), ("url(", "2"), ("url(", "0.75")]


def test_far_apart_years_are_written_and_no_months():
    far = [*ROWS, Span("Dialogue", date(2029, 6, 1), date(2029, 6, 20), "open")]
    words = [text.text for text in drawn(far).iter(f"{SVG}text")]
    assert {"2027", "2028", "2029"} <= set(words)
    assert "March" not in words
