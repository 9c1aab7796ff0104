"""Tables of a document as plain data, the way `pdf/partials/table.html` draws them."""

from collections.abc import Sequence
from typing import Any

Table = dict[str, Any]


def table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, note: str = "") -> Table:
    """Cells as text. The first column names its row; every other is text, set from the start of the line."""
    kinds = ["name", *["text"] * (len(headings) - 1)]
    return {
        "caption": caption,
        "headings": list(zip(headings, kinds, strict=True)),
        "rows": [list(zip(map(str, row), kinds, strict=True)) for row in rows],
        "totals": [],
        "note": note,
    }
