class SafetyRefused(Exception):
    """A step that would put somebody at risk, or that its row does not allow; says in a sentence why."""
