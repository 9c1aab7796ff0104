"""Charts as SVG text, the same in page, admin and PDF.

Presentation attributes only: a strict content-security policy refuses `style`. Colour is never alone: promised is
hatched or hollow, recorded is solid, and every bar carries its figure. The table behind a chart is drawn by
`documents/partials/chart.html`.
"""

import hashlib
import textwrap
from collections.abc import Sequence
from typing import Literal, NamedTuple

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

WIDTH = 680
LABELS = 260  # room for the names at the start of each line
LABEL_LETTERS = 42  # of a row of a name, at this width
FIGURES = 96  # room for the figures behind each bar
FONT = "Portal Sans, Portal Sans Arabic, Portal Signs, Noto Sans, Noto Sans Arabic, sans-serif"
INK, SOLID, HOLLOW, RULE = "#1a1a1a", "#00558a", "#5b7f95", "#b8c2c8"


class Bar(NamedTuple):
    """A line of a chart. `value` is None where the figure is suppressed or not stated; it is never drawn as zero."""

    label: str
    value: float | None


class Against(NamedTuple):
    """A promise and what is recorded of it."""

    label: str
    target: float
    actual: float | None


class Moment(NamedTuple):
    """A point on a timeline; without `at` it floats and stands at the end."""

    label: str
    at: float | None
    state: Literal["done", "planned", "floating"]


def bars(lines: Sequence[Bar], *, title: str, desc: str, whole: float = 0) -> SafeString:
    """Horizontal bars, one a line, in the order given; `whole` fills the width, such as 100 percent."""
    scale = _scale([*(line.value for line in lines), whole])
    drawn = [
        _line(row, line.label, [(line.value, scale, "solid", _figure(line.value))]) for row, line in enumerate(lines)
    ]
    return _svg(drawn, rows=len(lines), row_height=26, title=title, desc=desc)


def targets(lines: Sequence[Against], *, title: str, desc: str) -> SafeString:
    """Two bars a line: promised hatched, recorded solid. Each line is scaled to its own promise, which fills it.

    Promises run from 3 to 360, so a common scale would hide the small ones; the figures stand beside the bars.
    """
    drawn = []
    for row, line in enumerate(lines):
        scale = _scale([line.target, line.actual])
        drawn.append(
            _line(
                row,
                line.label,
                [
                    (line.target, scale, "hatched", _("%(number)s promised") % {"number": _figure(line.target)}),
                    (line.actual, scale, "solid", _("%(number)s recorded") % {"number": _figure(line.actual)}),
                ],
                row_height=32,
            )
        )
    return _svg(drawn, rows=len(lines), row_height=32, title=title, desc=desc, hatch=True)


def timeline(
    moments: Sequence[Moment], *, first: int, last: int, title: str, desc: str, floating: str = ""
) -> SafeString:
    """Years from left to right (from right to left in Arabic); done is a disc, planned a ring, floating a diamond.

    `floating` heads the column of what has no day yet.
    """
    years = range(first, last + 1)
    step = (WIDTH - LABELS - 20) / (len(years) + 1)  # one more column for what floats
    height = 24 * len(moments)
    heads = [*((str(year), index) for index, year in enumerate(years)), (floating or _("floating"), len(years))]
    parts = [
        format_html(
            '{}<line x1="{}" y1="28" x2="{}" y2="{}" stroke="{}" stroke-width="0.5"/>',
            _text(LABELS + step * (index + 0.5), 18, label, anchor="middle", size=11),
            *(_number(_x(LABELS + step * (index + 0.5))),) * 2,
            34 + height,
            RULE,
        )
        for label, index in heads
    ]
    for row, moment in enumerate(moments):
        column = len(years) + 0.5 if moment.at is None else moment.at - first
        y = 44 + 24 * row
        parts.append(_label(y, moment.label))
        parts.append(_mark(_x(LABELS + step * column), y, moment.state))
    return _svg(parts, rows=len(moments), row_height=24, title=title, desc=desc, head=34)


# --- Pieces ---------------------------------------------------------------------------------------


def _scale(values) -> float:
    """Units of drawing for one unit of the figure."""
    return (WIDTH - LABELS - FIGURES) / (max((value or 0 for value in values), default=0) or 1)


def _figure(value: float | None) -> str:
    if value is None:
        return _("not shown")
    return number_format(value, 0 if float(value).is_integer() else 1, force_grouping=True)


def _x(x: float) -> float:
    """Mirrored where the language runs from right to left."""
    return WIDTH - x if get_language_bidi() else x


def _number(value: float) -> str:
    """Coordinates are code, not prose: a point in every language."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int = 12) -> SafeString:
    if get_language_bidi():
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    return format_html(
        '<text x="{}" y="{}" font-family="{}" font-size="{}" text-anchor="{}" fill="{}">{}</text>',
        _number(_x(x)),
        _number(y),
        FONT,
        size,
        anchor,
        INK,
        text,
    )


def _label(y: float, text: str) -> SafeString:
    """The name at the start of a line, in two rows if it is long; `y` is the middle."""
    rows = textwrap.wrap(text, LABEL_LETTERS, max_lines=2, placeholder=" …") or [""]
    offsets = [4] if len(rows) == 1 else [-2, 10]
    drawn = zip(rows, offsets, strict=True)
    return format_html_join("", "{}", ((_text(LABELS - 12, y + by, row, anchor="end", size=11),) for row, by in drawn))


def _line(row: int, label: str, drawn: list[tuple], *, row_height: int = 26) -> SafeString:
    thickness = (row_height - 10) / len(drawn)
    top = row * row_height + 4
    parts = [_label(top + (row_height - 10) / 2, label)]
    for index, (value, scale, kind, figure) in enumerate(drawn):
        y = top + index * thickness
        length = (value or 0) * scale
        if value:
            parts.append(_bar(LABELS, y, length, thickness - 1, kind))
        size = 12 if len(drawn) == 1 else 9
        parts.append(_text(LABELS + length + 6, y + thickness / 2 + size * 0.34, figure, size=size))
    return format_html_join("", "{}", ((part,) for part in parts))


def _bar(x: float, y: float, length: float, thickness: float, kind: str) -> SafeString:
    start = _x(x) - (length if get_language_bidi() else 0)
    fill = SOLID if kind == "solid" else "url(#HATCH)"
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="0.75"/>',
        *(_number(value) for value in (start, y, length, thickness)),
        fill,
        SOLID if kind == "solid" else HOLLOW,
    )


def _mark(x: float, y: float, state: str) -> SafeString:
    if state == "floating":
        points = " ".join(f"{_number(x + dx)},{_number(y + dy)}" for dx, dy in ((0, -7), (7, 0), (0, 7), (-7, 0)))
        return format_html('<polygon points="{}" fill="#ffffff" stroke="{}" stroke-width="1.5"/>', points, SOLID)
    return format_html(
        '<circle cx="{}" cy="{}" r="6" fill="{}" stroke="{}" stroke-width="1.5"/>',
        _number(x),
        _number(y),
        SOLID if state == "done" else "#ffffff",
        SOLID,
    )


def _svg(
    parts: Sequence[SafeString],
    *,
    rows: int,
    row_height: int,
    title: str,
    desc: str,
    head: int = 0,
    hatch: bool = False,
) -> SafeString:
    height = head + rows * row_height + 8
    body = format_html_join("", "{}", ((part,) for part in parts))
    mark = "c" + hashlib.sha256(f"{title}{desc}{body}".encode()).hexdigest()[:10]
    pattern = SafeString("")
    if hatch:
        pattern = format_html(
            '<defs><pattern id="{}-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
            '<rect width="6" height="6" fill="#ffffff"/>'
            '<path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" stroke="{}" stroke-width="1"/></pattern></defs>',
            mark,
            HOLLOW,
        )
        body = SafeString(body.replace("#HATCH", f"#{mark}-hatch"))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {} {}" width="{}" height="{}"'
        # Mirrored by hand: a page from right to left must not turn the ends of words once more.
        ' direction="ltr" aria-labelledby="{}-title {}-desc"><title id="{}-title">{}</title>'
        '<desc id="{}-desc">{}</desc>{}{}</svg>',
        WIDTH,
        height,
        WIDTH,
        height,
        mark,
        mark,
        mark,
        title,
        mark,
        desc,
        pattern,
        body,
    )
