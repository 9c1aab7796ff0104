"""On-time submission to document services, year by year (WP 2021-2023 para 19b; domain.md R17)."""

from collections import defaultdict
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.models import Report


class YearOnTime(NamedTuple):
    """`reports` that have a slot in the year, those whose submission can be measured, and those on time."""

    year: int
    reports: int
    measured: int
    on_time: int
    days_late: int

    @property
    def percent(self) -> float | None:
        """None while nothing can be measured: unknown is not late."""
        return 100 * self.on_time / self.measured if self.measured else None

    @property
    def in_words(self) -> str:
        if not self.measured:
            return _("not measured: slot date or day of submission is not recorded")
        return _("%(on_time)d of %(measured)d on time, %(days_late)d days late in all") % self._asdict()


def by_year() -> list[YearOnTime]:
    """Every year with a report; one query. A report without both dates is counted and not judged."""
    years: dict[int, list[Report]] = defaultdict(list)
    for report in Report.objects.filter(year__isnull=False).only("year", "slot_date", "submitted_on"):
        years[report.year].append(report)
    return [_year(year, reports) for year, reports in sorted(years.items())]


def _year(year: int, reports: list[Report]) -> YearOnTime:
    late = [report.days_late for report in reports if report.days_late is not None]
    return YearOnTime(year, len(reports), len(late), sum(not days for days in late), sum(late))
