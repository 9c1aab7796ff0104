"""What cannot all happen as planned, said in sentences: drafts, visits during a session, themes without a slot."""

from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from iesogi.deadlines.clock import short
from iesogi.reference.models import Session
from iesogi.site.research.months import SET, Person
from reports.agenda import Agenda
from reports.method.conflicts import drafts_in_one_fortnight
from visits.models import Visit


class Conflict(NamedTuple):
    sentence: str
    url: str


def conflicts(user: Person, agendas: list[Agenda], *, on: date) -> list[Conflict]:
    """Those that lie ahead, and those of the printed plan; visits only for whoever may see them."""
    found = [
        Conflict(clash.in_words, reverse("admin:reports_report_page", args=[clash.second.report_id, "plan"]))
        for clash in drafts_in_one_fortnight()
    ]
    sentences = dict.fromkeys(each.conflict_in_words for each in agendas)
    found += [Conflict(sentence, reverse("admin:reports_theme_changelist")) for sentence in sentences if sentence]
    if user.has_perm("visits.view_visit"):
        found += visits_during_sessions(on=on)
    return found


def visits_during_sessions(*, on: date) -> list[Conflict]:
    """Visits that are not over and touch a session at which the mandate reports. Two queries."""
    sessions = list(Session.objects.of_the_mandate().filter(ends_on__gte=on, starts_on__isnull=False))
    visits = Visit.objects.filter(state__in=SET, starts_on__isnull=False).select_related("country", "region_tag")
    return [
        _during(visit, session)
        for visit in visits.order_by("starts_on", "pk")
        for session in sessions
        if (visit.ends_on or visit.starts_on) >= max(session.starts_on, on) and visit.starts_on <= session.ends_on
    ]


def _during(visit: Visit, session: Session) -> Conflict:
    sentence = _("A visit during a session: %(where)s from %(day)s, and %(session)s from %(start)s to %(end)s.") % {
        "where": visit.where,
        "day": short(visit.starts_on),
        "session": session,
        "start": short(session.starts_on),
        "end": short(session.ends_on),
    }
    return Conflict(sentence, reverse("admin:visits_visit_change", args=[visit.pk]))
