from datetime import date

from django.db import models

from iesogi.safety.enums import GOES_AHEAD, ReprisalState, Verdict


class AssessmentQuerySet(models.QuerySet):
    def pending(self) -> models.QuerySet:
        return self.filter(verdict=Verdict.PENDING)

    def latest_versions(self) -> models.QuerySet:
        """Those that no later version replaces."""
        return self.filter(replaced_by=None)

    def current(self, *, on: date) -> models.QuerySet:
        """Decided in favour, still within its review date, and not replaced (domain.md R15)."""
        decided = self.latest_versions().filter(verdict__in=GOES_AHEAD, decided_on__lte=on)
        return decided.filter(review_on__gte=on)

    def fitting(self, method: str, country: models.Model | None) -> models.QuerySet:
        """What an activity there may rest on, now or once it is decided; without a State, all of the method."""
        found = self.latest_versions().filter(method=method).exclude(verdict=Verdict.NO_GO)
        return found.filter(models.Q(country=None) | models.Q(country=country)) if country else found


class ReprisalQuerySet(models.QuerySet):
    def still_open(self) -> models.QuerySet:
        return self.filter(state=ReprisalState.OPEN)

    def without_step(self) -> models.QuerySet:
        """Open, and nobody did anything about it yet."""
        return self.still_open().filter(steps=None)

    def of_window(self, start: date, end: date) -> models.QuerySet:
        """Known in a window of the Secretary-General's report, both ends included."""
        return self.filter(reported_on__range=(start, end))
