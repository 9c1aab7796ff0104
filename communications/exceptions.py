class StepRefused(Exception):
    """The letter cannot take this step; the message is a full sentence for the person who asked."""
