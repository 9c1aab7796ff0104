"""What happens in a month, for the staff of research: steps of reports, consultations, sessions, visits."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.deadlines.days import today
from iesogi.reference.models import Session
from reports.consultations.enums import State as ConsultationState
from reports.models import Consultation, Milestone, Report
from visits.enums import VisitState
from visits.models import Visit

Person = User | AnonymousUser
# States in which the days of a visit stand in people's calendars.
SET = [VisitState.INVITED, VisitState.PREPARING, VisitState.PENDING, VisitState.UNDER_WAY, VisitState.DONE]


class Entry(NamedTuple):
    """One thing on its day or days; `kind` is said in words beside it."""

    starts_on: date
    ends_on: date
    kind: str
    label: str
    url: str
    uid: str


class Month(NamedTuple):
    first: date

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Month":
        return Month((self.first + timedelta(days=32)).replace(day=1))

    @property
    def previous(self) -> "Month":
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"


def month_called(code: str) -> Month | None:
    """`2027-03`; None where that is no month between 2016 and 2100."""
    try:
        first = date.fromisoformat(f"{code}-01")
    except ValueError:
        return None
    return Month(first) if 2016 <= first.year <= 2100 else None


def this_month() -> Month:
    return Month(today().replace(day=1))


def entries(user: Person, first: date, last: date) -> list[Entry]:
    """Everything between two days, both included, by day; visits only for whoever may see them."""
    found = [*_steps(first, last), *_consultations(first, last), *_reports(first, last), *_sessions(first, last)]
    if user.has_perm("visits.view_visit"):
        found += _visits(first, last)
    return sorted(found, key=lambda entry: (entry.starts_on, entry.uid))


def _overlaps(first: date, last: date) -> Q:
    return Q(starts_on__lte=last) & (Q(ends_on__gte=first) | Q(ends_on=None, starts_on__gte=first))


def _lasting(row: Consultation | Session | Visit, kind: str, label: str, url: str, uid: str) -> Entry:
    return Entry(row.starts_on, row.ends_on or row.starts_on, kind, label, url, uid)


def _steps(first: date, last: date) -> Iterator[Entry]:
    for each in Milestone.objects.with_deadlines().filter(deadline__due_on__range=(first, last)):
        due, url = each.deadline.due_on, reverse("admin:reports_milestone_change", args=[each.pk])
        kind = _("Step due") if each.deadline.is_open else _("Step, closed")
        yield Entry(due, due, kind, str(each), url, f"milestone-{each.pk}")


def _consultations(first: date, last: date) -> Iterator[Entry]:
    for each in Consultation.objects.exclude(state=ConsultationState.CANCELLED).filter(_overlaps(first, last)):
        url = reverse("admin:reports_consultation_change", args=[each.pk])
        yield _lasting(each, each.get_kind_display(), str(each), url, f"consultation-{each.pk}")


def _reports(first: date, last: date) -> Iterator[Entry]:
    days = {"issued_on": _("Report issued"), "presented_on": _("Interactive dialogue")}
    any_day = Q(issued_on__range=(first, last)) | Q(presented_on__range=(first, last))
    for report in Report.objects.filter(any_day):
        url = reverse("admin:reports_report_page", args=[report.pk, "overview"])
        for name, kind in days.items():
            day = getattr(report, name)
            if day and first <= day <= last:
                yield Entry(day, day, kind, str(report), url, f"report-{report.pk}-{name}")


def _sessions(first: date, last: date) -> Iterator[Entry]:
    for each in Session.objects.of_the_mandate().filter(_overlaps(first, last)):
        label = _("%(forum)s, session %(number)s") % {"forum": each.get_forum_display(), "number": each.number}
        url = reverse("admin:reference_session_change", args=[each.pk])
        yield _lasting(each, _("Session"), label, url, f"session-{each.pk}")


def _visits(first: date, last: date) -> Iterator[Entry]:
    visits = Visit.objects.filter(_overlaps(first, last), state__in=SET).select_related("country", "region_tag")
    for each in visits:
        url = reverse("admin:visits_visit_change", args=[each.pk])
        yield _lasting(each, each.get_kind_display(), each.where, url, f"visit-{each.pk}")
