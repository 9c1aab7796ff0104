class StepRefused(Exception):
    """A step of dissemination that may not be taken now; the message is a full sentence for whoever asked."""
