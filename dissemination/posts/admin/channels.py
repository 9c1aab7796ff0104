"""Channels with their days: followers, audience, growth, and what was printed beside what is counted."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dissemination.languages import names_of
from dissemination.posts.enums import Trait
from dissemination.posts.forms import ChannelForm
from dissemination.posts.imports import AUDIENCE, DAYS
from dissemination.posts.models import AudienceShare, Channel, ChannelDay, ChannelFigure
from dissemination.posts.numbers import audience, chart, followers_by_month, growth, printed
from dissemination.table_admin import ImportMixin
from iesogi.audit.admin import AuditedAdmin


def figures_of(channel) -> dict:
    """What the page of a channel shows beside its form."""
    days = followers_by_month(channel)
    name = {"channel": str(channel)}
    drawn = []
    if days:
        rows = [(day.on.isoformat(), day.followers) for day in days]
        title = _("Followers of %(channel)s, last recorded day of each month") % name
        drawn.append(chart(rows, title=title, desc=_("One bar for each month that has a recorded day.")))
    for trait, shares in audience(channel).items():
        words = name | {"trait": Trait(trait).label, "day": shares[0].day.on.isoformat()}
        rows = [(share.group, share.people) for share in shares[:12]]
        title = _("Audience of %(channel)s on %(day)s: %(trait)s") % words
        drawn.append(chart(rows, title=title, desc=_("People the network counts to each group; the largest first.")))
    return {"growth": growth(channel), "charts": drawn, "printed": printed(channel)}


@admin.register(Channel)
class ChannelAdmin(ImportMixin, AuditedAdmin):
    table = DAYS
    form = ChannelForm
    change_form_template = "dissemination/channel_change_form.html"
    list_display = ["handle", "network", "languages_used", "printed"]
    list_filter = ["network"]
    search_fields = ["handle", "url"]
    fields = ["network", "handle", "url", "languages", "printed"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        channel = self.get_object(request, object_id)
        context = figures_of(channel) if channel else {}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    @admin.display(description=gettext_lazy("languages"))
    def languages_used(self, channel):
        return names_of(channel.languages) or "–"


class AudienceInline(admin.TabularInline):
    model = AudienceShare
    extra = 0


@admin.register(ChannelDay)
class ChannelDayAdmin(ImportMixin, AuditedAdmin):
    table = AUDIENCE
    list_display = ["channel", "on", "followers"]
    list_filter = ["channel__network", "channel"]
    list_select_related = ["channel"]
    list_per_page = 25
    search_fields = ["channel__handle"]
    date_hierarchy = "on"
    inlines = [AudienceInline]


@admin.register(ChannelFigure)
class ChannelFigureAdmin(AuditedAdmin):
    list_display = ["label", "network", "measure", "printed_value", "months", "evidence", "ref"]
    list_filter = ["network", "measure", "qualifier"]
    search_fields = ["label", "code", "ref"]

    @admin.display(description=gettext_lazy("as printed"), ordering="quantity")
    def printed_value(self, figure):
        return figure.as_printed or "–"
