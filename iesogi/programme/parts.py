"""What notes and annexes of the PDF have in common."""

from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iesogi.programme.exhibits import Table
from iesogi.reference.figures import number

MINUS = "−"


class Part(NamedTuple):
    """A note or an annex: a few sentences, a chart at most, and tables. `chart` is SVG drawn from the first table."""

    number: str
    label: str
    anchor: str
    texts: list[str]
    tables: list[Table]
    chart: str = ""
    chart_caption: str = ""
    footnotes: list[tuple[int, str]] = []
    more_charts: list[tuple[str, str]] = []  # pairs of SVG and caption, after the first chart


def as_of_sentence(on: date) -> str:
    return _("Counted are the records of this portal up to %(date)s, that day included.") % {
        "date": date_format(on, "j F Y")
    }


def signed(difference: int | None) -> str:
    """With its sign, the minus being the typographic one; a suppressed figure has no difference either."""
    if difference is None:
        return _("not shown")
    return f"+{number(difference)}" if difference > 0 else number(difference).replace("-", MINUS)
