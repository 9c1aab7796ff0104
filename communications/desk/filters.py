"""What a desk asks its list first. The start page's tiles and the chips above the list lead to these very choices."""

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from communications.cases.querysets import ENDED, NEWS, unread_too_long
from iesogi.audit.filters import OpensNarrowFilter
from iesogi.deadlines.days import today

PARAMETER = "desk"
CHOICES = {
    "news": _("News from the source"),
    "urgent": _("Urgent"),
    "late": _("Unread for too long"),
    "mine": _("Mine"),
    "unassigned": _("Given to nobody"),
    "withdrawn": _("Consent withdrawn"),
    "reprisal": _("Reprisal reported"),
    "all": _("All, ended ones too"),
}


def facts(*, user, on):
    """Each choice as a condition on the rows; without a choice, whatever has not ended."""
    is_open = ~Q(state__in=ENDED)
    return {
        "": is_open,
        "news": NEWS,
        "urgent": is_open & Q(urgent=True),
        "late": unread_too_long(on=on),
        "mine": is_open & Q(assigned_to=user),
        "unassigned": is_open & Q(assigned_to=None),
        "withdrawn": is_open & Q(consent_withdrawn=True),
        "reprisal": is_open & Q(reprisal_reported=True),
        "all": Q(),
    }


def counts(cases, *, user, on):
    """How many rows each choice leads to, in one query."""
    wanted = facts(user=user, on=on)
    asked = {f"count_{name}": Count("pk", filter=wanted[name]) for name in CHOICES if name != "all"}
    return {name.removeprefix("count_"): count for name, count in cases.aggregate(**asked).items()}


class DeskFilter(OpensNarrowFilter):
    title = _("what is due")
    parameter_name = PARAMETER
    opens_on = _("Open")

    def lookups(self, request, model_admin):
        return list(CHOICES.items())

    def queryset(self, request, queryset):
        wanted = facts(user=request.user, on=today())
        return queryset.filter(wanted.get(self.value() or "", wanted[""]))
