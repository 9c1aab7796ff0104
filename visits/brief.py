"""The brief of a visit as a PDF for staff: programme, team, checklist and history, on paper for the journey.

It holds what managers may read: no name of a person met, no contact that is discreet (domain.md R23).
"""

from datetime import date
from itertools import groupby
from typing import Any

from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from iesogi.deadlines.clock import short
from iesogi.deadlines.days import today
from iesogi.documents import services as documents
from iesogi.documents.models import Document
from iesogi.documents.tables import Table, table
from visits.enums import MeetingState, VisitKind
from visits.models import Visit
from visits.overview import overview, travel

TEMPLATE = "pdf/visits/brief.html"


def ask_for(visit: Visit, *, language: str, by: Any) -> Document:
    """Queue the brief as the visit stands now; each visit counts its own versions."""
    return documents.request(**edition(visit, language=language), by=by)


def edition(visit: Visit, *, language: str) -> dict[str, Any]:
    with translation.override(language):
        return {
            "kind": f"visit-brief-{visit.pk}",
            "title": (_("Brief: %(visit)s") % {"visit": visit})[:250],
            "template": TEMPLATE,
            "snapshot": snapshot(visit),
            "language": language,
            "as_of": today(),
        }


def snapshot(visit: Visit) -> dict[str, Any]:
    """Plain data in the language of the moment; a fixed number of queries."""
    seen = overview(visit)
    tables = [_stages(seen.stages), _terms(seen.terms), _team(visit), _checklist(visit), _contacts(visit)]
    return {
        "heading": str(visit.where),
        "kind": visit.get_kind_display(),
        "facts": _facts(visit),
        "missing": seen.missing,
        "findings": visit.no_recommendations,
        "days": _days(visit),
        "tables": [table for table in tables if table["rows"]],
    }


def _facts(visit: Visit) -> list[tuple[str, str]]:
    facts = [
        (_("State"), visit.where),
        (_("Status"), str(visit.get_state_display())),
        (_("Days"), visit.dates_in_words),
        (_("Was to take place"), visit.put_off_in_words),
        (_("Places"), visit.place),
        (_("Invited by"), visit.host),
        (_("Paid from"), str(visit.get_funding_display())),
        (_("How communities took part"), visit.participation),
    ]
    if visit.kind == VisitKind.COUNTRY:
        facts += [
            (_("Report"), visit.report_symbol),
            (_("Stage of the report"), str(visit.get_report_stage_display())),
        ]
    return [(label, value) for label, value in facts if value]


def _days(visit: Visit) -> list[dict[str, Any]]:
    """The programme day by day; what happens to affected persons is a line without a name and a place."""
    places: dict[date, list[str]] = {}
    for day in visit.programme_days.all():
        places.setdefault(day.on, []).append(day.place)
    meetings = {on: list(rows) for on, rows in groupby(visit.meetings.all(), key=lambda meeting: meeting.on)}
    headings = [_("Time"), _("Whom"), _("With"), _("Where"), _("Status")]
    return [
        {
            "heading": date_format(on, "l j F Y"),
            "places": ", ".join(places.get(on, [])),
            "table": table(_("Meetings of the day"), headings, [_meeting(each) for each in meetings.get(on, [])]),
        }
        for on in sorted({*places, *meetings})
    ]


def _meeting(meeting) -> list[str]:
    return [
        time_format(meeting.at, "H:i") if meeting.at else _("open"),
        str(meeting.get_category_display()),
        meeting.counterpart or (_("not written down") if meeting.is_at_risk else "–"),
        meeting.place or "–",
        "" if meeting.state == MeetingState.PLANNED else str(meeting.get_state_display()),
    ]


def _stages(stages) -> Table:
    rows = [
        [str(stage.label), short(stage.on) if stage.on else _("day not recorded") if stage.reached else _("open")]
        for stage in stages
    ]
    return table(_("Where the visit stands"), [_("Step"), _("Day")], rows)


def _terms(points) -> Table:
    rows = [[str(point.label), str(point.answer)] for point in points]
    return table(_("Terms of reference"), [_("Point"), _("Answer of the State")], rows)


def _team(visit: Visit) -> Table:
    team = list(visit.team.select_related("user"))
    rows = [
        [
            str(member.get_role_display()),
            str(member.user or member.function or "–"),
            "–" if member.days_assigned is None else str(member.days_assigned),
            "–" if member.days_used is None else str(member.days_used),
        ]
        for member in team
    ]
    if days := travel(team):
        rows.append([_("Days of travel together"), "", str(days[0]), str(days[1])])
    return table(_("Team and travel"), [_("Role"), _("Who"), _("Days assigned"), _("Days used")], rows)


def _checklist(visit: Visit) -> Table:
    items = visit.checklist.with_deadlines().order_by("deadline__due_on", "step__order")
    rows = [
        [
            item.step.label,
            str(item.step.get_phase_display()),
            short(item.deadline.due_on),
            str(item.deadline.get_state_display()),
        ]
        for item in items
    ]
    return table(_("Checklist"), [_("What is to be done"), _("Stage"), _("Due on"), _("Status")], rows)


def _contacts(visit: Visit) -> Table:
    rows = [
        [short(each.on), str(each.get_kind_display()), each.office, each.summary]
        for each in visit.contacts.order_by("on", "pk")
    ]
    return table(_("Conversations with the State"), [_("Day"), _("Kind"), _("With"), _("What was said")], rows)
