class ContributionRefused(Exception):
    """A step that a contribution does not take; the message is a full sentence."""
