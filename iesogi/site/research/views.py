"""The research calendar of the staff: conflicts, what lies ahead, one month, plan against outcome, timeliness."""

from datetime import timedelta

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Min
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iesogi.deadlines import ics
from iesogi.deadlines.days import today
from iesogi.site.research.conflicts import conflicts
from iesogi.site.research.months import entries, month_called, this_month
from iesogi.site.research.pictures import ahead, on_time
from reports.agenda import agenda, outcomes
from reports.method.timeliness import by_year
from reports.models import Report, Theme

AHEAD = timedelta(days=2 * 366)


def _require_reader(request):
    if not request.user.has_perm("reports.view_report"):
        raise PermissionDenied(_("Your role does not read the research agenda. Ask an administrator if it should."))


@require_safe
def calendar(request):
    _require_reader(request)
    asked = request.GET.get("month", "")
    month = month_called(asked) or this_month()
    planned = Theme.objects.planned()
    printed, ahead_of = (_agenda(themes) for themes in (planned.printed(), planned.filter(year__gte=today().year)))
    timeliness = on_time(by_year())
    context = {
        **admin.site.each_context(request),
        "title": _("Research calendar"),
        "unread": asked if asked and not month_called(asked) else "",
        "month": month,
        "this_month": this_month(),
        "slots": _slots(),
        "entries": entries(request.user, month.first, month.last),
        "conflicts": conflicts(request.user, [each for each in (printed, ahead_of) if each], on=today()),
        "outcomes": outcomes(printed.years[0].year, printed.years[-1].year) if printed else [],
        "pictures": [picture for picture in (ahead(on=today()), timeliness) if picture],
        "is_measured": timeliness is not None,
    }
    return TemplateResponse(request, "site/research/calendar.html", context)


def _agenda(themes):
    """The slots from the first to the last year of these themes; None where no year is planned."""
    years = themes.aggregate(first=Min("year"), last=Max("year"))
    return agenda(years["first"], years["last"]) if years["first"] else None


def _slots():
    """From last year to the last year for which a theme or a report is planned, and next year at least."""
    last = [rows.aggregate(last=Max("year"))["last"] or 0 for rows in (Theme.objects.planned(), Report.objects)]
    return agenda(today().year - 1, max(today().year + 1, *last))


@require_safe
def feed(request):
    """What lies ahead for two years, as a file for one's own calendar."""
    _require_reader(request)
    events = [_event(entry) for entry in entries(request.user, today(), today() + AHEAD)]
    response = HttpResponse(ics.calendar(events, _("Research calendar")), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="research-calendar.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def _event(entry):
    title = f"{entry.kind}: {entry.label}"
    return ics.Event(uid=f"staff-{entry.uid}", title=title, starts_on=entry.starts_on, ends_on=entry.ends_on)
