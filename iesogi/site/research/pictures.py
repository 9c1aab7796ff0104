"""The reports that lie ahead as spans of time, and on-time submission over the years, each with its table."""

from datetime import date
from typing import NamedTuple

from django.db.models import Min
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iesogi.documents import charts
from iesogi.documents.spans import Line, Span, spans
from iesogi.reference.models import Session
from reports.enums import OUT
from reports.method.timeliness import YearOnTime
from reports.models import Report


class Picture(NamedTuple):
    chart: str
    caption: str
    headings: list[str]
    rows: list[list[str]]


def ahead(*, on: date) -> Picture | None:
    """Reports in the making from their first step to the slot date, and the sessions to come; None without any."""
    reports = Report.objects.exclude(state__in=sorted(OUT)).filter(slot_date__isnull=False)
    drawn = [_report(report, on) for report in reports.annotate(first=Min("milestones__deadline__due_on"))]
    sessions = Session.objects.of_the_mandate().filter(ends_on__gte=on, starts_on__isnull=False)[:MOST_SESSIONS]
    drawn += [Span(str(session), session.starts_on, session.ends_on, "open") for session in sessions]
    if not drawn:
        return None
    drawn.sort(key=lambda span: (span.starts_on, span.label))
    return Picture(
        spans(
            drawn,
            [Line(_("Today"), on)],
            title=_("Reports in the making and sessions to come"),
            desc=_("One bar for each, from its first day to its last. The table says the same."),
        ),
        _("Reports in the making, from the first step to the slot date, and sessions to come"),
        [_("What"), _("From"), _("To")],
        [[span.label, _day(span.starts_on), _day(span.ends_on)] for span in drawn],
    )


MOST_SESSIONS = 4


def _report(report: Report, on: date) -> Span:
    """Submitted is done; a slot date that has gone by without submission is late."""
    first = min(report.first or report.slot_date, report.slot_date)
    state = "done" if report.submitted_on else "late" if report.slot_date < on else "open"
    return Span(report.title, first, report.slot_date, state)


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def on_time(years: list[YearOnTime]) -> Picture | None:
    """Percent of the reports of each year that were submitted by their slot date; None where none can be measured."""
    measured = [each for each in years if each.measured]
    if not measured:
        return None
    return Picture(
        charts.bars(
            [charts.Bar(str(each.year), each.percent) for each in measured],
            title=_("Submitted on time, in percent, by year of the slot"),
            desc=_("One bar for each year; years without both dates are in the table only. The table says more."),
            whole=100,
        ),
        _("Submitted on time, in percent"),
        [_("Year"), _("Reports"), _("On time")],
        [[str(each.year), str(each.reports), each.in_words] for each in years],
    )
