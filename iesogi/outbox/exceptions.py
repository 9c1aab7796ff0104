class OutboxRefused(Exception):  # noqa: N818 - named for what happened to the person
    """The mail cannot take this step; the message is a full sentence for the person who asked."""
