class RetentionRefused(Exception):
    """The content of a case cannot be kept as asked; the message is a full sentence."""
