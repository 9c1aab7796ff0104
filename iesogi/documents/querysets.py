from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from iesogi.documents.enums import MOVING, State

# What a list never needs: a snapshot may be half a megabyte of JSON.
LARGE = ["snapshot"]


class DocumentQuerySet(models.QuerySet):
    def light(self) -> "DocumentQuerySet":
        """Without the snapshots, for lists and downloads."""
        return self.defer(*LARGE)

    def due(self, *, now: datetime) -> "DocumentQuerySet":
        """Queued and due, or claimed by a worker that has not been heard of since."""
        waiting = Q(state=State.QUEUED, due_at__lte=now)
        abandoned = Q(state=State.RENDERING, claimed_at__lte=now - timedelta(seconds=settings.CLAIM_SECONDS))
        return self.filter(waiting | abandoned)

    def claim(self, pk: int, *, now: datetime) -> bool:
        """True for one caller only, however many wake up at once."""
        claimed = (
            self.due(now=now)
            .filter(pk=pk)
            .update(state=State.RENDERING, claimed_at=now, attempts=F("attempts") + 1, error="")
        )
        return claimed == 1

    def ready(self) -> "DocumentQuerySet":
        return self.filter(state=State.READY)

    def moving(self) -> "DocumentQuerySet":
        """Queued or rendering."""
        return self.filter(state__in=MOVING)

    def published(self) -> "DocumentQuerySet":
        return self.ready().filter(published_at__isnull=False)

    def of(self, *, kind: str, language: str, snapshot_sha256: str) -> "DocumentQuerySet":
        """Made, or to be made, from exactly this data in this language."""
        return self.filter(kind=kind, language=language, snapshot_sha256=snapshot_sha256)

    def newest(self):
        return self.order_by("-version").first()
