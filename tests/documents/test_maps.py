"""The map of the world: every State is on it, marks read without colour, and it needs nothing from elsewhere."""

import re

import pytest
from django.utils import translation

from iesogi.documents import maps
from iesogi.documents.maps import Place
from iesogi.reference.models import Country

PLACES = [Place("TUN", "done"), Place("LKA", "announced"), Place("MLT", "candidate"), Place("TUN", "candidate")]


def drawn(places=PLACES):
    return str(maps.world_map(places, title="Visits", desc="Where the mandate went."))


@pytest.mark.django_db
def test_every_state_has_a_shape_or_a_point(reference_data):
    data = maps.world()
    codes = set(Country.objects.values_list("iso3", flat=True))
    assert len(codes) == 195
    assert codes == data["shapes"].keys() | data["points"].keys()
    assert not data["shapes"].keys() & data["points"].keys()


def test_every_coordinate_lies_in_the_frame():
    data = maps.world()
    for path in [*data["shapes"].values(), data["others"]]:
        for ring in path.split("M")[1:]:
            start, steps = ring.rstrip("z").split("l")
            x, y = map(int, start.split(" "))
            numbers = [int(each) for each in re.findall(r"-?\d+", steps)]
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                assert 0 <= x <= data["width"] + 1
                assert -5 <= y <= data["height"] + 20
    assert all(0 <= x <= data["width"] and 0 <= y <= data["height"] for x, y in data["points"].values())


def test_no_outline_runs_over_the_whole_map():
    """Land on both sides of the 180th meridian is cut there: no step is half a world long."""
    for path in maps.world()["shapes"].values():
        for ring in path.split("M")[1:]:
            numbers = [int(each) for each in re.findall(r"-?\d+", ring.partition("l")[2])]
            assert max(map(abs, numbers[::2])) < 680


def test_marks_differ_by_pattern_and_the_first_mark_counts():
    svg = drawn()
    mark = re.search(r'aria-labelledby="(\w+)-title', svg).group(1)
    assert svg.count(f'fill="url(#{mark}-announced)"') == 2  # the State and the legend
    assert svg.count(f'fill="url(#{mark}-candidate)"') == 2
    assert svg.count(f'id="{mark}-candidate"') == 1
    assert "<circle cx=" in svg
    assert "<title id=" in svg
    assert "Where the mandate went." in svg


def test_map_loads_nothing_and_holds_no_style():
    assert not re.search(r"style=|href|https?://(?!www\.w3\.org/2000/svg)|<script|on\w+=", drawn())


def test_legend_stands_at_the_start_of_the_line():
    with translation.override("ar"):
        assert '<rect x="658.0"' in drawn()
    assert '<rect x="2.0"' in drawn()


def test_mark_of_an_unknown_state_is_left_to_the_table():
    assert drawn([Place("XXX", "done")]).count("<path") == drawn([]).count("<path")
