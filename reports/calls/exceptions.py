class CallRefused(Exception):
    """A step that a call does not take; the message is a full sentence."""


class CallClosed(CallRefused):
    """Too late, or too early; the message says since when, and what can still be done."""


class NotTheForm(Exception):
    """A file that is not the Word form of this call; the message says what it is and what to do."""
