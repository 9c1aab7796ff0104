"""What the public calendar shows of research: issued reports, their dialogues, announced consultations.

Never a working date.
"""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from iesogi.deadlines.ics import Event
from reports.models import Consultation, Report


def public_events() -> list[Event]:
    """Two queries, and up to two events a report; sessions of the forums are events of their own."""
    reports = [event for report in Report.objects.issued().order_by("year", "forum") for event in _events(report)]
    return [*reports, *(_consultation(each) for each in Consultation.objects.public().filter(starts_on__isnull=False))]


def _consultation(consultation: Consultation) -> Event:
    return Event(
        uid=f"consultation-{consultation.pk}",
        title=_("%(kind)s: %(title)s") % {"kind": consultation.get_kind_display(), "title": consultation.title},
        starts_on=consultation.starts_on,
        ends_on=consultation.ends_on,
    )


def _events(report: Report) -> Iterator[Event]:
    if report.issued_on:
        yield _event(report, "issued", _("Report %(symbol)s issued: %(title)s"), report.issued_on)
    if report.presented_on:
        yield _event(report, "dialogue", _("Interactive dialogue on %(symbol)s: %(title)s"), report.presented_on)


def _event(report: Report, what: str, title: str, day: date) -> Event:
    return Event(
        uid=f"report-{report.pk}-{what}",
        title=title % {"symbol": report.symbol, "title": report.title},
        starts_on=day,
        url=settings.PORTAL_URL + report.get_absolute_url(),
    )
