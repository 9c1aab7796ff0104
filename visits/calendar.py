"""What the public calendar shows of visits: those carried out and those announced with their days."""

from django.conf import settings
from django.utils.translation import gettext as _

from iesogi.deadlines.ics import Event
from visits.enums import VisitState
from visits.models import Visit


def public_events() -> list[Event]:
    """One query. A postponed visit has no days any more, so it is left out."""
    shown = [VisitState.DONE, VisitState.UNDER_WAY, VisitState.PENDING]
    visits = Visit.objects.filter(state__in=shown, starts_on__isnull=False).select_related("country", "region_tag")
    return [
        Event(
            uid=f"visit-{visit.pk}",
            title=_("%(kind)s: %(where)s") % {"kind": visit.get_kind_display(), "where": visit.where},
            starts_on=visit.starts_on,
            ends_on=visit.ends_on,
            url=settings.PORTAL_URL + visit.get_absolute_url(),
        )
        for visit in visits.order_by("starts_on")
    ]
