from datetime import date

from django.db import models

from iesogi.deadlines.enums import State as DeadlineState
from iesogi.reference.text import fold
from visits.enums import PUBLIC_LABELS, MeetingState, VisitKind, VisitState


def named(word: str) -> models.Q:
    """A State whose name, in any of six languages and whatever its accents, holds the word."""
    folded = fold(word)
    return models.Q(country__search_text__contains=folded) if folded else models.Q(pk=None)


class VisitQuerySet(models.QuerySet):
    def matching(self, words: str) -> models.QuerySet:
        """Every word stands in the name of the State or region, in the places or in the symbol of the report."""
        found = self
        for word in words.split():
            elsewhere = models.Q(place__icontains=word) | models.Q(report_symbol__icontains=word)
            found = found.filter(named(word) | elsewhere | models.Q(region_tag__label__icontains=word))
        return found

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
        return self.filter(state__in=PUBLIC_LABELS)

    def announced(self) -> models.QuerySet:
        """Agreed with the State, or agreed and put off."""
        return self.filter(state__in=[VisitState.PENDING, VisitState.UNDER_WAY, VisitState.POSTPONED])

    def begun_in(self, year: int) -> models.QuerySet:
        """Visits that began, or are to begin, in a calendar year; a postponed or cancelled one does not count."""
        begun = [VisitState.PENDING, VisitState.UNDER_WAY, VisitState.DONE]
        return self.filter(starts_on__year=year, state__in=begun)


class OfStatesQuerySet(models.QuerySet):
    def matching(self, words: str) -> models.QuerySet:
        """Every word stands in the name of the State."""
        found = self
        for word in words.split():
            found = found.filter(named(word))
        return found


class CandidateQuerySet(OfStatesQuerySet):
    def of_period(self, start: date) -> models.QuerySet:
        return self.filter(period_start=start)

    def identified(self, year: int) -> models.QuerySet:
        return self.filter(identified_for=year)

    def identified_by_year(self) -> dict[int, int]:
        """How many States are identified for each year that any is identified for."""
        named = self.exclude(identified_for=None).order_by("identified_for")
        return dict(named.values_list("identified_for").annotate(models.Count("pk")))

    def visited_in(self, start: date, end: date) -> models.QuerySet:
        """Candidates whose visit was carried out and began in the period; a later one is no success of the plan."""
        return self.filter(visit__state=VisitState.DONE, visit__starts_on__range=(start, end))


class ChecklistItemQuerySet(models.QuerySet):
    def with_deadlines(self) -> models.QuerySet:
        return self.select_related("deadline", "step", "visit__country", "visit__region_tag")

    def open(self) -> models.QuerySet:
        return self.filter(deadline__state=DeadlineState.OPEN)


class MeetingQuerySet(models.QuerySet):
    def to_be_told(self) -> models.QuerySet:
        """What did not take place is told to nobody."""
        return self.exclude(state=MeetingState.DROPPED)
