"""A map of the world as SVG text, the same in page, admin and PDF; Robinson's projection, Natural Earth's outlines.

State is told by colour and by pattern, and the table behind the map says the same in words. Outlines come ready from
`data/world.json` (scripts/world_map.py). States too small for an outline are circles; other land is neutral.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from iesogi.documents.charts import FONT, INK, SOLID, WIDTH

DATA = Path(__file__).parent / "data" / "world.json"
LAND, BORDER, ANNOUNCED, CANDIDATE = "#dfe5e9", "#ffffff", "#b35900", "#3a6b35"
LEGEND_HEIGHT = 26
LINES = {"done": SOLID, "announced": ANNOUNCED, "candidate": CANDIDATE}
SMALL = 8  # radius of a State without an outline, in the frame of the data

Mark = Literal["done", "announced", "candidate"]


class Place(NamedTuple):
    """A State of the map, by ISO 3166-1 alpha-3, and what is said of it."""

    iso3: str
    mark: Mark


@cache
def world() -> dict:
    return json.loads(DATA.read_text("utf-8"))


def disclaimer() -> str:
    """Stands under every map: drawing a line takes no side."""
    return _(
        "The boundaries and names shown and the designations used on this map do not imply official endorsement or "
        "acceptance by the United Nations."
    )


def world_map(places: Sequence[Place], *, title: str, desc: str, words: Mapping[str, str] | None = None) -> SafeString:
    """`places` in falling importance: the first mark of a State counts. `words` say what the marks mean elsewhere."""
    marks: dict[str, str] = {}
    for place in places:
        marks.setdefault(place.iso3, place.mark)
    data = world()
    scale = WIDTH / data["width"]
    height = round(data["height"] * scale)
    used = [mark for mark in LINES if mark in set(marks.values())]
    parts = [_land(data, marks), *(_state(data, iso3, mark) for iso3, mark in sorted(marks.items()))]
    legend = [(mark, (words or {}).get(mark) or label(mark)) for mark in used]
    return _svg(parts, legend, scale=scale, height=height, title=title, desc=desc)


def _land(data: dict, marks: dict[str, str]) -> SafeString:
    """All that is not marked, as one path: it is no information, so it needs no element of its own."""
    rest = "".join(path for iso3, path in sorted(data["shapes"].items()) if iso3 not in marks)
    return format_html('<path d="{}" fill="{}" stroke="{}" stroke-width="1"/>', rest + data["others"], LAND, BORDER)


def _state(data: dict, iso3: str, mark: str) -> SafeString:
    fill = f"url(#MAP-{mark})" if mark != "done" else SOLID
    if path := data["shapes"].get(iso3):
        return format_html('<path d="{}" fill="{}" stroke="{}" stroke-width="1.5"/>', path, fill, LINES[mark])
    if point := data["points"].get(iso3):
        x, y = point
        return format_html(
            '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="2"/>', x, y, SMALL, fill, LINES[mark]
        )
    return SafeString("")  # the table behind the map names it all the same


def label(mark: str) -> str:
    """What a mark says, for the legend and for the table behind the map."""
    return {"done": _("Visited"), "announced": _("Announced or put off"), "candidate": _("Candidate")}[mark]


def _patterns() -> SafeString:
    """Lines and dots read without colour, in print and for eyes that see few colours."""
    return format_html(
        '<pattern id="MAP-announced" width="10" height="10" patternUnits="userSpaceOnUse">'
        '<rect width="10" height="10" fill="#ffffff"/>'
        '<path d="M0 10L10 0M-2 2L2 -2M8 12L12 8" stroke="{}" stroke-width="3"/></pattern>'
        '<pattern id="MAP-candidate" width="10" height="10" patternUnits="userSpaceOnUse">'
        '<rect width="10" height="10" fill="#ffffff"/><circle cx="5" cy="5" r="2.6" fill="{}"/></pattern>',
        ANNOUNCED,
        CANDIDATE,
    )


def _legend(used: Sequence[tuple[str, str]], top: int) -> SafeString:
    step = WIDTH / 3
    keys = ((_key(mark, n * step, top), _word(word, n * step, top)) for n, (mark, word) in enumerate(used))
    return format_html_join("", "{}{}", keys)


def _key(mark: str, start: float, top: int) -> SafeString:
    x = WIDTH - start - 22 if get_language_bidi() else start + 2
    fill = SOLID if mark == "done" else f"url(#MAP-{mark})"
    return format_html(
        '<rect x="{}" y="{}" width="20" height="12" fill="{}" stroke="{}" stroke-width="1"/>',
        x,
        top + 7,
        fill,
        LINES[mark],
    )


def _word(word: str, start: float, top: int) -> SafeString:
    rtl = get_language_bidi()
    x, anchor = (WIDTH - start - 28, "end") if rtl else (start + 28, "start")
    return format_html(
        '<text x="{}" y="{}" font-family="{}" font-size="12" text-anchor="{}" fill="{}">{}</text>',
        round(x, 1), top + 17, FONT, anchor, INK, word,
    )  # fmt: skip


def _svg(
    parts: Sequence[SafeString], used: Sequence[tuple[str, str]], *, scale: float, height: int, title: str, desc: str
) -> SafeString:
    drawing = format_html_join("", "{}", ((part,) for part in parts))
    body = format_html('<g transform="scale({})">{}</g>{}', scale, drawing, _legend(used, height))
    mark = "m" + hashlib.sha256(f"{title}{desc}{body}".encode()).hexdigest()[:10]
    defs = format_html("<defs>{}</defs>", _patterns())
    whole = SafeString(f"{defs}{body}".replace("#MAP-", f"#{mark}-").replace('"MAP-', f'"{mark}-'))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart map" role="img" viewBox="0 0 {} {}"'
        ' width="{}" height="{}" direction="ltr" aria-labelledby="{}-title {}-desc"><title id="{}-title">{}</title>'
        '<desc id="{}-desc">{}</desc>{}</svg>',
        WIDTH,
        height + LEGEND_HEIGHT,
        WIDTH,
        height + LEGEND_HEIGHT,
        *(mark,) * 3,
        title,
        mark,
        desc,
        whole,
    )
