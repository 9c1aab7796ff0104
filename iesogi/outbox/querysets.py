from datetime import datetime, timedelta

from django.conf import settings
from django.db import connections, models, transaction
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

    def single(self) -> models.QuerySet:
        """Written for one reader; what belongs to a mailing leaves through its lanes."""
        return self.filter(mailing=None)

    def claim_some(self, mailing: int, *, now: datetime, most: int) -> list:
        """Up to `most` mails of the mailing, for one caller only. They hold `now` as the mark of the claim."""
        skip = connections[self.db].features.has_select_for_update_skip_locked
        with transaction.atomic():
            # Two ranges, each of an index of its own; what was left behind comes first, for it is the older.
            left = self.filter(mailing=mailing, state=State.CLAIMED, claimed_at__lte=now - claim_lasts())
            due = self.filter(mailing=mailing, state=State.WAITING, due_at__lte=now).order_by("due_at")
            found = list(left.select_for_update(skip_locked=skip, of=("self",)).select_related("mailing")[:most])
            if len(found) < most:
                rest = most - len(found)
                found += due.select_for_update(skip_locked=skip, of=("self",)).select_related("mailing")[:rest]
            self.filter(pk__in=[mail.pk for mail in found]).update(
                state=State.CLAIMED, claimed_at=now, attempts=F("attempts") + 1, updated_at=now
            )
        for mail in found:
            mail.state, mail.claimed_at, mail.attempts = State.CLAIMED, now, mail.attempts + 1
        return found

    def unsent(self) -> models.QuerySet:
        """Not gone out: written, waiting, on its way, or failed."""
        return self.filter(state__in=UNSENT)

    def failed(self) -> models.QuerySet:
        return self.filter(state=State.FAILED)
