"""Each promise of paragraph 30 against what is recorded (R20). Page, dashboard and PDF all ask `standing()`."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse

from communications.models import Letter
from dissemination.enums import OutputKind
from dissemination.models import Engagement, Output
from iesogi.programme.models import ProductTarget, WorkProgramme
from iesogi.reference.enums import Forum
from reports.enums import ReportState
from reports.models import Report
from visits.enums import VisitKind, VisitState
from visits.models import Visit

ISSUED = [ReportState.ISSUED, ReportState.PRESENTED]


class Source(NamedTuple):
    """Where the rows behind a figure come from, and the staff list, with its filters, that shows the same rows."""

    rows: Callable[[date, date], models.QuerySet]
    list_url: str
    filters: Callable[[date, date], dict[str, str]]
    suppress_small: bool = False


def _between(field: str, start: date, end: date) -> dict[str, str]:
    return {f"{field}__gte": start.isoformat(), f"{field}__lte": end.isoformat()}


def _outputs(kind: str) -> Source:
    return Source(
        lambda start, end: Output.objects.of_kind(kind).in_period(start, end),
        "admin:dissemination_output_changelist",
        lambda start, end: {"kind__exact": kind, **_between("issued_on", start, end)},
    )


def _reports(forum: str) -> Source:
    return Source(
        lambda start, end: Report.objects.to(forum).issued().in_period(start, end),
        "admin:reports_report_changelist",
        lambda start, end: {
            "forum__exact": forum,
            "state__in": ",".join(ISSUED),
            "year__gte": str(start.year),
            "year__lte": str(end.year),
        },
    )


# One row for each product code of the programme's paragraph 30.
SOURCES: dict[str, Source] = {
    "hrc_report": _reports(Forum.HRC),
    "ga_report": _reports(Forum.GA),
    "policy_statement": _outputs(OutputKind.POLICY_STATEMENT),
    "country_visit_report": Source(
        lambda start, end: Visit.objects.with_report(start=start, end=end),
        "admin:visits_visit_changelist",
        lambda start, end: {"kind__exact": VisitKind.COUNTRY, **_between("report_issued_on", start, end)},
    ),
    "promotional_advisory_visit": Source(
        lambda start, end: Visit.objects.promotional_and_advisory().done().in_period(start, end),
        "admin:visits_visit_changelist",
        lambda start, end: {
            "kind__in": f"{VisitKind.PROMOTIONAL},{VisitKind.ADVISORY}",
            "state__exact": VisitState.DONE,
            **_between("starts_on", start, end),
        },
    ),
    "press_release": _outputs(OutputKind.PRESS_RELEASE),
    "social_post": _outputs(OutputKind.SOCIAL_POST),
    "speech": Source(
        lambda start, end: Engagement.objects.in_period(start, end),
        "admin:dissemination_engagement_changelist",
        lambda start, end: _between("held_on", start, end),
    ),
    "interview": _outputs(OutputKind.INTERVIEW),
    # Published letters only, and no small cell: before publication not even a count may speak of a letter (R1, R28).
    "communication_output": Source(
        lambda start, end: Letter.objects.published().sent_in(start, end),
        "admin:communications_letter_changelist",
        lambda start, end: {"state": "all", "public__exact": "1", **_between("sent_on", start, end)},
        suppress_small=True,
    ),
}


class Standing(NamedTuple):
    """A target and where it stands on a day. `recorded` is None where a small number is suppressed."""

    target: ProductTarget
    recorded: int | None
    expected: float
    until: date

    @property
    def promised(self) -> int:
        return self.target.in_period

    @property
    def variance(self) -> int | None:
        """Recorded less promised over the whole period."""
        return None if self.recorded is None else self.recorded - self.promised

    @property
    def url(self) -> str:
        """The staff list with the rows that were counted, no more and no fewer."""
        source = SOURCES[self.target.code]
        filters = source.filters(self.target.programme.period_start, self.until)
        return f"{reverse(source.list_url)}?{urlencode(filters)}"


def standing(programme: WorkProgramme, *, on: date) -> list[Standing]:
    """Every target of the programme with what was recorded up to the day, that day included.

    `expected` spreads the promise evenly over the days of the period and is rounded to one decimal.
    """
    last = min(on, programme.period_end)
    return [_stand(target, programme, last) for target in programme.targets.select_related("programme")]


def _stand(target: ProductTarget, programme: WorkProgramme, last: date) -> Standing:
    source = SOURCES[target.code]
    recorded = source.rows(programme.period_start, last).count()
    if source.suppress_small and 0 < recorded < settings.SMALL_CELL:
        recorded = None
    return Standing(target, recorded, _expected(target, programme, last), last)


def _expected(target: ProductTarget, programme: WorkProgramme, last: date) -> float:
    whole = (programme.period_end - programme.period_start).days + 1
    passed = max((last - programme.period_start).days + 1, 0)
    return round(target.in_period * passed / whole, 1)
