from datetime import date, datetime

from django.db import models

from iesogi.vault.enums import EpochState, VaultState


class VaultQuerySet(models.QuerySet):
    def in_use(self) -> models.QuerySet:
        return self.filter(state=VaultState.ACTIVE)


class ChannelEpochQuerySet(models.QuerySet):
    def current(self) -> models.QuerySet:
        return self.filter(state=EpochState.CURRENT)

    def not_retired(self) -> models.QuerySet:
        """Whose key a member needs: the current epoch, and one that a rotation has not finished with."""
        return self.exclude(state=EpochState.RETIRED)


class RecordGrantQuerySet(models.QuerySet):
    def valid(self, *, on: date) -> models.QuerySet:
        return self.filter(expires_on__gte=on)

    def expired(self, *, on: date) -> models.QuerySet:
        return self.filter(expires_on__lt=on)


class KeyBoxQuerySet(models.QuerySet):
    def alive(self, *, now: datetime) -> models.QuerySet:
        return self.filter(idle_until__gt=now)

    def dead(self, *, now: datetime) -> models.QuerySet:
        return self.filter(idle_until__lte=now)
