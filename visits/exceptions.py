class StepRefused(Exception):
    """The step is not legal now; the message is a full sentence that says why and what to do."""
