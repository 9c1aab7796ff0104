"""What the steps on reports, themes and milestones may be refused with."""

from iesogi.deadlines.exceptions import ClockRefused, DeadlineRefused
from reports.exceptions import StepRefused

REFUSALS = (StepRefused, ClockRefused, DeadlineRefused)
