"""The public calendar: sessions with the mandate, issued reports, closing days of calls, announced visits (R1)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iesogi.deadlines import ics
from iesogi.reference.models import Session
from iesogi.reference.renewal import secured_until
from reports.calendar import public_events as report_events
from reports.calls.feeds import public_events as call_events
from visits.calendar import public_events as visit_events


def events() -> list[ics.Event]:
    """All public events, by day."""
    found = [*_session_events(), *report_events(), *call_events(), *visit_events()]
    return sorted(found, key=lambda event: (event.starts_on, event.uid))


def _session_events() -> list[ics.Event]:
    sessions = Session.objects.of_the_mandate().filter(starts_on__isnull=False)
    return [
        ics.Event(
            uid=f"session-{session.pk}",
            title=_("%(forum)s, session %(number)s")
            % {"forum": session.get_forum_display(), "number": session.number},
            starts_on=session.starts_on,
            ends_on=session.ends_on,
        )
        for session in sessions
    ]


@login_not_required
@require_safe
def feed(request):
    """iCalendar with dates only: they are days in Geneva and never move with the reader's time zone."""
    last_day = secured_until(on=timezone.localdate())
    body = ics.calendar(events(), _("Independent Expert on SOGI"), secured_until=last_day)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


@login_not_required
@require_safe
def agenda(request):
    today = timezone.localdate()
    found = events()
    context = {
        "secured_until": secured_until(on=today),
        "coming": [event for event in found if (event.ends_on or event.starts_on) >= today],
        "past": [event for event in reversed(found) if (event.ends_on or event.starts_on) < today],
    }
    return render(request, "site/calendar.html", context)
