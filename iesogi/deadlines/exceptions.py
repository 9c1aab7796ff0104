class ClockRefused(ValueError):  # noqa: N818 - named for what happened to the person
    """No date follows from this rule; the message is a full sentence that says why."""


class DeadlineRefused(Exception):  # noqa: N818
    """The deadline cannot take this step; the message is a full sentence for the person who asked."""
