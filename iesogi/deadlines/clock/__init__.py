"""The clock: rules that give a due date with its explanation, and plans counted back from one."""

from iesogi.deadlines.clock.planning import Planned, Step, back, latest_start
from iesogi.deadlines.clock.rules import Due, Holidays, Rule, due, in_words, is_working, short

__all__ = [
    "Due", "Holidays", "Planned", "Rule", "Step", "back", "due", "in_words", "is_working", "latest_start", "short",
]  # fmt: skip
