"""What time alone does to the vault."""

from datetime import datetime

from django.utils import timezone

from iesogi.vault import disclosure, sessions


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    """Ended disclosures and unlocked sessions are deleted, not only refused. Quick, so it never goes to a worker."""
    return {
        "disclosures_ended": disclosure.expire(on=timezone.localdate(now)),
        "sessions_swept": sessions.sweep(now=now),
    }
