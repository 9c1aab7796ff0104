"""What lies after the last year that the resolutions give the mandate: subject to renewal (domain.md R22)."""

from datetime import date

from django.db.models import QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html

from iesogi.reference.models import MandateTerm


def secured_until(*, on: date) -> date | None:
    """The last secured day as known on that day; None before there is any mandate.

    Resolutions give years (2020-2022), so it is a 31 December.
    """
    year = MandateTerm.objects.of_our_mandate().last_secured_year(known_on=on)
    return date(year, 12, 31) if year else None


class RenewalMarks:
    """For a list of the admin: a mark beside what is dated after the term. Costs no query of its own."""

    def get_queryset(self, request) -> QuerySet:
        known = MandateTerm.objects.of_our_mandate().known(on=timezone.localdate()).with_span()
        last = known.order_by("-last_year").values("last_year")[:1]
        return super().get_queryset(request).annotate(secured_year=Subquery(last))

    def with_mark(self, text: str, obj, *, year: int | None) -> str:
        """`text`, and the mark where `year` lies after the term; nothing is marked before there is any mandate."""
        if not (year and obj.secured_year and year > obj.secured_year):
            return text
        return format_html("{} {}", text, render_to_string("components/subject_to_renewal.html"))
