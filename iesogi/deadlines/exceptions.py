class ClockRefused(ValueError):
    """No date follows from this rule; the message is a full sentence that says why."""


class DeadlineRefused(Exception):
    """The deadline cannot take this step; the message is a full sentence for the person who asked."""
