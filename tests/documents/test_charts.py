"""Charts that a strict policy lets through, that a screen reader can name, and that need no colour to be read."""

import xml.etree.ElementTree as ET

import pytest
from django.template import Context, Template
from django.utils import translation

from iesogi.documents import charts
from iesogi.documents.charts import Against, Bar, Moment

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"title": "Visits by year", "desc": "One bar for each year."}


def drawings():
    return {
        "bars": charts.bars([Bar("2021", 3), Bar("2022", 0), Bar("2023", None)], **WORDS),
        "targets": charts.targets([Against("Reports", 3, 2), Against("Letters", 144, None)], **WORDS),
        "timeline": charts.timeline(
            [
                Moment("Data", 2019.3, "done"),
                Moment("Religion", 2022.7, "planned"),
                Moment("Conflict", None, "floating"),
            ],
            first=2019,
            last=2023,
            **WORDS,
        ),
    }


@pytest.mark.parametrize("name", ["bars", "targets", "timeline"])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_chart_is_named_and_uses_presentation_attributes_only(name, language):
    with translation.override(language):
        root = ET.fromstring(drawings()[name])  # noqa: S314 - our own text
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (title.text, desc.text) == ("Visits by year", "One bar for each year.")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    attributes = {attribute for element in root.iter() for attribute in element.attrib}
    assert not {each for each in attributes if each == "style" or each.startswith("on")}
    assert not [element.tag for element in root.iter() if element.tag in {f"{SVG}style", f"{SVG}script"}]


@pytest.mark.parametrize("name", ["bars", "targets", "timeline"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_drawn_outside_the_chart(name, language):
    with translation.override(language):
        root = ET.fromstring(drawings()[name])  # noqa: S314 - our own text
    _x, _y, width, height = (float(each) for each in root.get("viewBox").split())
    for box in root.findall(f"{SVG}rect"):
        assert float(box.get("x")) >= 0
        assert float(box.get("x")) + float(box.get("width")) <= width
        assert float(box.get("y")) + float(box.get("height")) <= height
    assert all(0 <= float(text.get("x")) <= width for text in root.findall(f"{SVG}text"))


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own text


def test_every_bar_carries_its_figure_and_what_is_unknown_is_not_zero():
    assert texts(drawings()["bars"]) == ["2021", "3", "2022", "0", "2023", "not shown"]


def test_targets_say_what_is_promised_and_what_is_recorded():
    assert "144 promised" in texts(drawings()["targets"])
    assert "not shown recorded" in texts(drawings()["targets"])


def test_promised_and_recorded_differ_in_pattern_and_not_only_in_colour():
    assert "url(#" in drawings()["targets"]
    assert "<pattern" in drawings()["targets"]


def test_states_on_a_timeline_differ_in_shape():
    root = ET.fromstring(drawings()["timeline"])  # noqa: S314 - our own text
    assert [circle.get("fill") for circle in root.findall(f"{SVG}circle")] == [charts.SOLID, "#ffffff"]
    assert len(root.findall(f"{SVG}polygon")) == 1


def test_bar_lengths_follow_the_figures():
    root = ET.fromstring(charts.bars([Bar("a", 10), Bar("b", 5)], **WORDS))  # noqa: S314 - our own text
    long, short = (float(box.get("width")) for box in root.findall(f"{SVG}rect"))
    assert long == 2 * short


def test_labels_are_escaped():
    assert "<script>" not in charts.bars([Bar("<script>alert(1)</script>", 1)], title="<script>", desc="<script>")


def test_figures_take_the_separators_of_the_language_and_coordinates_do_not():
    with translation.override("fr"):
        svg = charts.bars([Bar("a", 1312.5)], **WORDS)
    assert any(text.endswith("312,5") for text in texts(svg))
    ET.fromstring(svg)  # noqa: S314 - our own text
    assert "," not in ET.fromstring(svg).find(f"{SVG}rect").get("width")  # noqa: S314 - our own text


def test_two_charts_on_a_page_share_no_id():
    ids = [element.get("id") for svg in drawings().values() for element in ET.fromstring(svg).iter()]  # noqa: S314
    named = [each for each in ids if each]
    assert len(named) == len(set(named))


def test_no_lines_is_an_empty_chart_and_no_error():
    assert charts.bars([], **WORDS).startswith("<svg")


def test_tags_draw_the_same_chart():
    drawn = Template("{% load charts %}{% bar_chart lines 'Visits by year' 'One bar for each year.' %}").render(
        Context({"lines": [("2021", 3), ("2022", 0), ("2023", None)]})
    )
    assert drawn == drawings()["bars"]


def test_partial_puts_the_table_behind_the_chart():
    page = Template('{% include "documents/partials/chart.html" %}').render(
        Context(
            {"chart": drawings()["bars"], "caption": "Visits", "headings": ["Year", "Visits"], "rows": [["2021", 3]]}
        )
    )
    assert '<th scope="row">2021</th><td>3</td>' in page
    assert page.index("<svg") < page.index("<table")


def widths(drawing):
    return [float(bar.get("width")) for bar in ET.fromstring(drawing).iter(f"{SVG}rect")]  # noqa: S314 - our own text


def test_percentages_are_drawn_against_the_whole():
    alone, of_all = (widths(charts.bars([Bar("2023", 50)], whole=whole, **WORDS)) for whole in (0, 100))
    assert of_all == [alone[0] / 2]


def test_long_label_says_that_it_was_cut():
    words = "decriminalisation and measures against discrimination " * 3
    drawn = ET.fromstring(charts.bars([Bar(words, 1), Bar("Short", 1)], **WORDS))  # noqa: S314 - our own text
    lines = [text.text for text in drawn.iter(f"{SVG}text")]
    assert [line for line in lines if line.endswith(" …")] == [lines[1]]
