"""What reports print of the contributions to a call, beside the sum of the two parts (R21)."""

from typing import NamedTuple

from iesogi.reference.figures import qualified
from reports.calls.enums import Part
from reports.calls.models import Call, CallFigure


class Printed(NamedTuple):
    parts: list[tuple[str, str, str]]  # label, figure with its qualifier, reference
    computed: int | None  # the sum of the two parts, where both are printed


def printed(call: Call) -> Printed | None:
    """None where nothing was printed. A computed sum stands beside the figures and never in their place."""
    by_part = {figure.part: figure for figure in call.figures.all()}
    if not by_part:
        return None
    parts = [_line(by_part[part]) for part in (Part.STATES, Part.OTHERS, Part.ALL) if part in by_part]
    both = [by_part[part].quantity for part in (Part.STATES, Part.OTHERS) if part in by_part]
    return Printed(parts, int(sum(both)) if len(both) == 2 else None)


def _line(figure: CallFigure) -> tuple[str, str, str]:
    return figure.printed or str(figure.get_part_display()), qualified(figure.quantity, figure.qualifier), figure.ref
