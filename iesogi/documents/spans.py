"""Spans of time one under the other, as SVG text: what begins when and has to be done by when.

State is told by fill and by the words beside each bar: done is solid, open is hatched, late is open with a thick edge.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from django.utils.dates import MONTHS_AP
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from iesogi.documents.charts import (
    HOLLOW,
    INK,
    LABELS,
    RULE,
    SOLID,
    WIDTH,
    _label,
    _number,
    _svg,
    _text,
    _x,
)

ROW, HEAD, EDGE = 26, 46, 34
MOST_MONTHS = 15  # further apart, years are written and not months
CLOSE_MONTHS = 9  # with more of them every second name is written: in Arabic they would touch
LATE = "#8a2f00"


class Span(NamedTuple):
    """From `starts_on` to `ends_on`, both included."""

    label: str
    starts_on: date
    ends_on: date
    state: Literal["done", "open", "late"]


class Line(NamedTuple):
    """A day that everything is held against: today, the slot date."""

    label: str
    on: date


class Scale(NamedTuple):
    first: date
    last: date

    def x(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        return LABELS + (WIDTH - LABELS - EDGE) * (day - self.first).days / days


def spans(rows: Sequence[Span], lines: Sequence[Line], *, title: str, desc: str) -> SafeString:
    """Bars from left to right (from right to left in Arabic), with the days of `lines` drawn through them."""
    days = [*(row.starts_on for row in rows), *(row.ends_on for row in rows), *(line.on for line in lines)]
    scale = Scale(min(days).replace(day=1), _month_after(max(days)))
    bottom = HEAD + ROW * len(rows)
    parts = [_head(scale, bottom), *(_bar(n, row, scale) for n, row in enumerate(rows))]
    parts += [_through(line, scale, bottom) for line in lines]
    return _svg(parts, rows=len(rows), row_height=ROW, title=title, desc=desc, head=HEAD, hatch=True)


def _joined(*parts: SafeString) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(scale: Scale) -> list[date]:
    found, month = [], scale.first
    while month < scale.last:
        found.append(month)
        month = _month_after(month)
    return found


def _head(scale: Scale, bottom: int) -> SafeString:
    months = _months(scale)
    few = len(months) <= MOST_MONTHS
    marks = months if few else [month for month in months if month.month == 1]
    drawn = []
    every = 2 if few and len(months) > CLOSE_MONTHS else 1
    for number, mark in enumerate(marks):
        words = "" if number % every else str(MONTHS_AP[mark.month]) if few else str(mark.year)
        if few and (mark.month == 1 or mark == months[0]):
            drawn.append(_text(scale.x(mark) + 2, 10, str(mark.year), size=9))
        drawn.append(_text(scale.x(mark) + 2, 22, words, size=9))
        drawn.append(_rule(scale.x(mark), 26, bottom, RULE, "0.5"))
    return _joined(*drawn)


def _rule(x: float, top: float, bottom: float, colour: str, width: str) -> SafeString:
    x = _number(_x(x))
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"/>',
        x, _number(top), x, _number(bottom), colour, width,
    )  # fmt: skip


def _bar(number: int, row: Span, scale: Scale) -> SafeString:
    top = HEAD + ROW * number
    start, end = scale.x(row.starts_on), scale.x(row.ends_on + timedelta(days=1))
    length = max(end - start, 3)
    left = _x(start) - (length if get_language_bidi() else 0)
    edge, width = (LATE, "2") if row.state == "late" else ((SOLID if row.state == "done" else HOLLOW), "0.75")
    drawn = format_html(
        '<rect x="{}" y="{}" width="{}" height="14" fill="{}" stroke="{}" stroke-width="{}"/>',
        _number(left), _number(top + 2), _number(length), SOLID if row.state == "done" else "url(#HATCH)", edge, width,
    )  # fmt: skip
    return _joined(_label(top + 8, row.label), drawn)


def _through(line: Line, scale: Scale, bottom: int) -> SafeString:
    x = scale.x(line.on)
    words = _("%(what)s, %(day)s") % {"what": line.label, "day": date_format(line.on, "j M")}
    anchor, aside = ("end", -3) if x > WIDTH - 110 else ("start", 3)
    label = _text(x + aside, 38, words, anchor=anchor, size=9)
    return _joined(_rule(x, 30, bottom, INK, "1.25"), label)
