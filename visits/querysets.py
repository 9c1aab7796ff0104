from datetime import date

from django.db import models

from visits.enums import VisitKind, VisitState


class VisitQuerySet(models.QuerySet):
    def country_visits(self) -> models.QuerySet:
        return self.filter(kind=VisitKind.COUNTRY)

    def promotional_and_advisory(self) -> models.QuerySet:
        return self.filter(kind__in=[VisitKind.PROMOTIONAL, VisitKind.ADVISORY])

    def done(self, *, on: date | None = None) -> models.QuerySet:
        """Carried out; with `on`, those that had begun by that day."""
        done = self.filter(state=VisitState.DONE)
        return done.filter(starts_on__lte=on) if on else done

    def in_period(self, start: date, end: date) -> models.QuerySet:
        """Visits that began in the period, both ends included."""
        return self.filter(starts_on__range=(start, end))

    def pipeline(self) -> models.QuerySet:
        return self.filter(state=VisitState.PIPELINE)

    def with_report(self, *, start: date, end: date) -> models.QuerySet:
        """Country visits whose report was issued in the period: the target counts reports, not visits (trap 16)."""
        return self.country_visits().filter(report_issued_on__range=(start, end))

    def public(self) -> models.QuerySet:
        """What the public page shows: done and announced visits, never a request a State has not answered."""
        return self.filter(state__in=[VisitState.DONE, VisitState.PENDING, VisitState.POSTPONED])


class CandidateQuerySet(models.QuerySet):
    def of_period(self, start: date) -> models.QuerySet:
        return self.filter(period_start=start)

    def identified(self, year: int) -> models.QuerySet:
        return self.filter(identified_for=year)
