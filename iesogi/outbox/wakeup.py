"""Tell the workers that a row may be due. Rows are the truth: a wake-up that gets lost is made up for by the tick."""

import logging
from collections.abc import Iterable

from celery import current_app
from django.db import transaction
from kombu.exceptions import LimitExceeded, OperationalError

logger = logging.getLogger(__name__)

# A tick wakes what is still due; its messages die before the next one, so a busy hour piles nothing up.
EXPIRES_SECONDS = 55


def wake(task, pk: int) -> None:
    """After the commit, send the task (or the name of one) this primary key; a broker out of reach breaks nothing."""
    transaction.on_commit(lambda: wake_now(task, [pk]))


def wake_now(task, pks: Iterable[int], *, expires: float | None = None) -> int:
    """Send one message per key at once and say how many went out; stops at the first the broker does not take."""
    name, sent = getattr(task, "name", task), 0
    try:
        with current_app.producer_pool.acquire(block=True, timeout=10) as producer:
            for pk in pks:
                current_app.send_task(
                    name, args=(pk,), producer=producer, retry=False, ignore_result=True, expires=expires
                )
                sent += 1
    except (OperationalError, LimitExceeded) as error:
        logger.warning("Broker out of reach (%s); %s waits for the next tick.", type(error).__name__, name)
    return sent
