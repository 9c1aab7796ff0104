"""The research agenda as a timeline: what came out, what is planned, what floats, with the table behind it."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from iesogi.deadlines.clock import short
from iesogi.documents import charts
from iesogi.reference.enums import Forum
from reports.agenda import Agenda, Slot
from reports.models import Report

# Where in the year a slot lies when no day is known: the June session of the Council, October at the Assembly.
PART_OF_YEAR = {Forum.HRC: 0.46, Forum.GA: 0.79}


class Picture(NamedTuple):
    chart: str
    caption: str
    headings: list[str]
    rows: list[list[str]]
    note: str = ""


def timeline(agenda: Agenda) -> Picture:
    """One line for each report that is out, each theme that waits for its slot, and each that floats."""
    lines = [line for slot in agenda.slots for line in _lines(slot)]
    lines += [
        (charts.Moment(theme.label, None, "floating"), [theme.label, _("Floating"), theme.floating_reason])
        for theme in agenda.waiting
    ]
    years = [year.year for year in agenda.years]
    return Picture(
        charts.timeline(
            [moment for moment, _row in lines],
            first=years[0],
            last=years[-1],
            title=_("Research agenda by year"),
            desc=_("One line for each: a disc where issued, a ring where planned, a diamond where floating."),
        ),
        _("Disc: issued. Ring: planned. Diamond: floating, without a slot."),
        [_("Report or theme"), _("Slot"), _("How it stands")],
        [row for _moment, row in lines],
    )


def _lines(slot: Slot) -> list[tuple[charts.Moment, list[str]]]:
    if slot.report:
        return [_report(slot, slot.report)]
    place = f"{slot.forum.label} {slot.year}"
    at = slot.year + PART_OF_YEAR[slot.forum]
    return [(charts.Moment(theme.label, at, "planned"), [theme.label, place, _("Planned")]) for theme in slot.planned]


def _report(slot: Slot, report: Report) -> tuple[charts.Moment, list[str]]:
    at = slot.year + PART_OF_YEAR[slot.forum]
    if report.issued_on:
        at = report.issued_on.year + (report.issued_on.timetuple().tm_yday - 1) / 366
    state = str(report.public_state)
    if report.is_out and report.issued_on:
        state = _("Issued on %(day)s") % {"day": short(report.issued_on)}
    moment = charts.Moment(report.title, at, "done" if report.is_out else "planned")
    return moment, [report.title, f"{slot.forum.label} {slot.year}", state]
