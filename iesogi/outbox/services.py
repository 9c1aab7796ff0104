"""Write mails as rows, hand them to the mail server, and keep count of what went wrong."""

from datetime import datetime

from iesogi.outbox.models import Mail


def queue(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    dedupe_key: str = "",
    subject_label: str = "",
    subject_url: str = "",
    due_at: datetime | None = None,
) -> Mail:
    raise NotImplementedError


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    raise NotImplementedError
