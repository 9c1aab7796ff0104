from datetime import date

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce


class MandateQuerySet(models.QuerySet):
    def ours(self):
        """The one mandate this portal serves; None until reference data is loaded."""
        return self.filter(is_ours=True).first()


class MandateHolderQuerySet(models.QuerySet):
    def in_office(self, *, on: date) -> models.QuerySet:
        """Whoever held the mandate on that day; nobody did in November and December 2017.

        A start known only as a year or a month sorts before its days, so it counts from its first day.
        """
        begun = self.exclude(starts_printed="").filter(starts_printed__lte=on.isoformat())
        return begun.filter(Q(ends_on=None) | Q(ends_on__gte=on))


class MandateTermQuerySet(models.QuerySet):
    """Terms answer for the mandate they are filtered to: `mandate.terms.current(on=day)`.

    Not every term has printed years. Where they are missing the first year is the one after adoption, and the last the
    one in which the length of a term runs out: 2022 gives 2023-2025. A printed year always comes first.
    """

    def of_our_mandate(self) -> models.QuerySet:
        return self.filter(mandate__is_ours=True)

    def with_span(self) -> models.QuerySet:
        return self.annotate(
            first_year=Coalesce("starts_year", F("year") + 1),
            last_year=Coalesce("ends_year", F("year") + F("mandate__term_length_years")),
        )

    def known(self, *, on: date) -> models.QuerySet:
        """Adopted by that day; a resolution without a day counts from the year after its own."""
        return self.filter(Q(adopted_on__lte=on) | Q(adopted_on=None, year__lt=on.year))

    def current(self, *, on: date):
        """The term in force on that day, or None before the first and after the last."""
        begun = self.known(on=on).with_span().filter(first_year__lte=on.year, last_year__gte=on.year)
        return begun.order_by("-first_year", "-year").first()

    def last_secured_year(self, *, known_on: date) -> int | None:
        """The last year that the resolutions adopted by `known_on` give to the mandate."""
        last = self.known(on=known_on).with_span().order_by("-last_year").first()
        return last.last_year if last else None

    def is_subject_to_renewal(self, day: date, *, known_on: date) -> bool:
        """Whether an activity on `day`, planned on `known_on`, lies beyond the last secured year (domain rule R22).

        Seen from the start of the work programme 2021-2023, its year 2023 does (Note 2).
        """
        last = self.last_secured_year(known_on=known_on)
        return last is None or day.year > last


class StateVoteQuerySet(models.QuerySet):
    def tally(self) -> dict[str, int]:
        """Votes by position."""
        return dict(self.order_by("position").values_list("position").annotate(Count("pk")))

    def by_group(self, position: str) -> dict[str, int]:
        """How a position spread over the regional groups (WP 2021-2023 para. 34)."""
        rows = self.filter(position=position).order_by("country__regional_group")
        return dict(rows.values_list("country__regional_group").annotate(Count("pk")))
