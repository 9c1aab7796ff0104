from datetime import datetime

from django.db import models
from django.db.models import Count, F, Q

from reports.calls.enums import CallState
from reports.contributions.enums import State


class CallQuerySet(models.QuerySet):
    def public(self) -> models.QuerySet:
        """What everybody may read: published once, whatever the clock says."""
        return self.exclude(state=CallState.DRAFT)

    def once_public(self) -> models.QuerySet:
        """Also those that were taken back: somebody may still have their form open."""
        return self.exclude(state=CallState.DRAFT, published_at=None)

    def with_texts(self) -> models.QuerySet:
        return self.select_related("report").prefetch_related("texts")

    def with_counts(self) -> models.QuerySet:
        """How many contributions came, and how many of them wait for the desk; withdrawn ones count as neither."""
        counted = ~Q(contributions__state=State.WITHDRAWN)
        waiting = counted & (Q(contributions__state=State.RECEIVED) | Q(contributions__has_news=True))
        return self.annotate(
            contribution_total=Count("contributions", filter=counted),
            waiting_total=Count("contributions", filter=waiting),
        )

    def newest_first(self) -> models.QuerySet:
        """By closing time; calls of which none is known come last."""
        return self.order_by(F("closes_at").desc(nulls_last=True), "code")


class LateLinkQuerySet(models.QuerySet):
    def usable(self, *, now: datetime) -> models.QuerySet:
        return self.filter(used__lt=F("uses"), expires_at__gte=now)

    def take(self, pk: int, *, now: datetime) -> bool:
        """Use it once. True for as many callers as it has uses, however many come at the same moment."""
        return self.usable(now=now).filter(pk=pk).update(used=F("used") + 1) == 1


class QuestionQuerySet(models.QuerySet):
    def in_order(self) -> models.QuerySet:
        return self.order_by("order")

    def written(self) -> models.QuerySet:
        """Answered by text or choice, not by a file."""
        return self.filter(~Q(kind="file"))
