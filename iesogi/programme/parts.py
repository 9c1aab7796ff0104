"""What notes and annexes of the PDF have in common."""

from typing import NamedTuple

from iesogi.programme.exhibits import Table


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
