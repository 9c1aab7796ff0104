from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from iesogi.outbox.enums import UNSENT, State


def claim_lasts() -> timedelta:
    """How long a worker may hold a mail before it counts as gone."""
    return timedelta(seconds=settings.CLAIM_SECONDS)


class MailQuerySet(models.QuerySet):
    def ready(self, *, now: datetime) -> models.QuerySet:
        """Due and unclaimed, or claimed by a worker that has not been heard of since."""
        waiting = Q(state=State.WAITING, due_at__lte=now)
        abandoned = Q(state=State.CLAIMED, claimed_at__lte=now - claim_lasts())
        return self.filter(waiting | abandoned)

    def claim(self, pk: int, *, now: datetime) -> bool:
        """True for one caller only, however many wake up at once."""
        claimed = (
            self.ready(now=now)
            .filter(pk=pk)
            .update(state=State.CLAIMED, claimed_at=now, attempts=F("attempts") + 1, updated_at=now)
        )
        return claimed == 1

    def unsent(self) -> models.QuerySet:
        """Not gone out: written, waiting, on its way, or failed."""
        return self.filter(state__in=UNSENT)

    def failed(self) -> models.QuerySet:
        return self.filter(state=State.FAILED)
