class AlreadySent(Exception):
    """The same form came a second time; nothing was written."""
