from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from communications.cases.enums import CaseState, DisclosureState
from communications.fence import FencedQuerySet

# Nobody has to act on these any more.
ENDED = {CaseState.DECLINED, CaseState.MERGED, CaseState.CLOSED, CaseState.ERASED}

# The source wrote, and nobody has opened the case since.
NEWS = Q(has_news=True) & ~Q(state=CaseState.ERASED)


def unread_too_long(*, on: date) -> Q:
    """Nobody has begun to read: the days of `CASE_REVIEW_DAYS`, counted from the end of the week it came in."""
    normal, urgent = (on - timedelta(days=days + 6) for days in settings.CASE_REVIEW_DAYS)
    return Q(state=CaseState.RECEIVED) & (Q(week__lt=normal) | Q(week__lt=urgent, urgent=True))


class CaseQuerySet(FencedQuerySet):
    def open(self) -> models.QuerySet:
        return self.exclude(state__in=ENDED)

    def with_narrowed_consent(self) -> models.QuerySet:
        """The source closed a use, and nobody has judged since what is out already (R5)."""
        return self.filter(consent_narrowed=True).exclude(state=CaseState.ERASED)

    def to_be_dated(self, *, before: date) -> models.QuerySet:
        """From weeks that have ended; the one a case was merged into comes first, since the other follows it."""
        return (
            self.filter(week__lt=before)
            .exclude(state=CaseState.ERASED)
            .order_by(F("merged_into").asc(nulls_first=True), "pk")
        )

    def expired(self, *, on: date) -> models.QuerySet:
        """Past the last day of retention, and not kept back by news (R26)."""
        return self.filter(expires_on__lt=on, paused=False).exclude(state=CaseState.ERASED)


class DisclosureRequestQuerySet(models.QuerySet):
    def waiting(self) -> models.QuerySet:
        return self.filter(state=DisclosureState.ASKED)
