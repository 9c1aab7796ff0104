"""What time alone does to the vault."""

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from iesogi.vault import blobs, disclosure, erasing, leavers, sessions

NIGHT_HOUR = 3


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    """What has ended, or is no longer due to a person, is deleted and not only refused. Never goes to a worker."""
    return {
        "disclosures_ended": disclosure.expire(on=timezone.localdate(now)),
        "sessions_swept": sessions.sweep(now=now),
        **leavers.take_away(),
        **(_hourly(now) if _is_first_of_the_hour(now) else {}),
    }


def _is_first_of_the_hour(now: datetime) -> bool:
    """Walking through a storage takes long, and nothing of it is urgent."""
    return cache.add(f"iesogi.vault.hourly.{now:%Y-%m-%d.%H}", 1, timeout=2 * 3600)


def _hourly(now: datetime) -> dict[str, int]:
    # The large table once a day, in case that it was busy when a text was erased. In the hour when fewest write.
    erasing.purge_copies(with_records=timezone.localtime(now).hour == NIGHT_HOUR)
    return {"files_swept": blobs.sweep(now=now)}
