"""Calls for those who follow them: Atom for readers, iCalendar for closing days."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from iesogi.deadlines import ics
from reports.calls.models import Call
from reports.calls.zones import in_words

MOST = 50


class CallFeed(Feed):
    feed_type = Atom1Feed
    title = gettext_lazy("Calls for inputs of the Independent Expert on SOGI")
    link = reverse_lazy("calls:list")
    subtitle = gettext_lazy("Each call with its questions and its closing time.")

    def items(self):
        return Call.objects.public().with_texts().newest_first()[:MOST]

    def item_title(self, call):
        return call.title

    def item_description(self, call):
        until = _("Closes on: %(when)s") % {"when": in_words(call.closes_at, call.zone)} if call.closes_at else ""
        return "\n\n".join(part for part in [until, call.text.purpose if call.text else ""] if part)

    def item_updateddate(self, call):
        return call.published_at

    def item_link(self, call):
        return call.get_absolute_url()


atom = login_not_required(CallFeed())


def public_events() -> list[ics.Event]:
    """The closing day of each call and of each category with a time of its own, in the zone that the call states."""
    calls = Call.objects.public().with_texts().prefetch_related("deadlines").filter(closes_at__isnull=False)
    return [event for call in calls.order_by("closes_at", "pk") for event in _events(call)]


def _events(call: Call):
    yield _event(
        call, f"call-{call.pk}", call.closes_at, _("Call for inputs closes: %(title)s") % {"title": call.title}
    )
    for each in call.deadlines.all():
        values = {"title": call.title, "who": each.get_category_display()}
        title = _("Call for inputs closes for %(who)s: %(title)s") % values
        yield _event(call, f"call-{call.pk}-{each.category}", each.closes_at, title)


def _event(call, uid, instant, title):
    return ics.Event(
        uid=uid,
        title=title,
        starts_on=instant.astimezone(ZoneInfo(call.zone)).date(),
        description=in_words(instant, call.zone),
        url=settings.PORTAL_URL + call.get_absolute_url(),
    )


@login_not_required
@require_safe
def calendar(request):
    body = ics.calendar(public_events(), _("Calls for inputs"))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
