"""The tick: one pass over all that is due, in every room. Beat asks for it every minute, `manage.py tick` too."""

import logging
from datetime import datetime

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from communications import nightly
from dissemination.campaigns import services as campaigns
from dissemination.newsletter import services as newsletter
from iesogi.deadlines import services as deadlines
from iesogi.documents import services as documents
from iesogi.outbox import services as outbox
from iesogi.site import broker
from iesogi.vault import services as vault
from reports.contributions import retention as contributions

logger = logging.getLogger(__name__)

# Reminders and the digest first, so that the mails they become leave in the same pass.
ROOMS = {
    "communications": nightly.tick,
    "deadlines": deadlines.tick,
    "contributions": contributions.tick,
    "newsletter": newsletter.tick,
    "outbox": outbox.tick,
    "documents": documents.tick,
    "vault": vault.tick,
    "campaigns": campaigns.tick,
}
LAST_TICK = "iesogi.last_tick"


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    """Run every room's pass; one that fails is logged and does not hold up the others. Counts by name.

    Each pass claims what it does, so two ticks at once, or one after the other, do nothing twice.
    """
    counts, failed = {}, 0
    for room, its_tick in ROOMS.items():
        try:
            counts |= its_tick(now=now, enqueue=enqueue)
        except Exception:  # the next room's work is due whatever went wrong in this one
            logger.exception("The tick of %s failed.", room)
            failed += 1
    if failed:
        return counts | {"rooms_failed": failed}
    cache.set(LAST_TICK, timezone.now().isoformat(), timeout=None)
    return counts


@shared_task(name="iesogi.tick", ignore_result=True)
def tick_task():
    tick(now=timezone.now(), enqueue=True)
    broker.prune()
