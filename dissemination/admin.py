"""The register of engagements and outputs, with what was printed about them beside what is recorded."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from dissemination.forms import EngagementCountForm, EngagementForm, OutputForm
from dissemination.languages import name_of, names_of
from dissemination.models import Engagement, EngagementCount, Output
from dissemination.totals import printed_periods, shown_by_kind
from iesogi.audit.admin import AuditedAdmin


@admin.register(Engagement)
class EngagementAdmin(AuditedAdmin):
    form = EngagementForm
    change_list_template = "dissemination/engagement_change_list.html"
    list_display = ["title", "kind", "held_on", "where", "spoken", "attended"]
    list_filter = ["kind", "online", "continent", "country__regional_group"]
    list_select_related = ["country"]
    search_fields = ["title", "host", "place", "country__search_text"]
    search_help_text = gettext_lazy("Words of the title, the host, the place or the State.")
    date_hierarchy = "held_on"
    list_per_page = 20
    autocomplete_fields = ["country", "reports", "visit", "perspectives"]
    fieldsets = [
        (None, {"fields": ["title", "kind", "held_on", "host"]}),
        (gettext_lazy("Where"), {"fields": ["online", "place", "country", "continent"]}),
        (gettext_lazy("Who was reached"), {"fields": ["languages", ("attendance", "attendance_qualifier")]}),
        (gettext_lazy("What it was about"), {"fields": ["reports", "visit", "perspectives"]}),
    ]

    @admin.display(description=gettext_lazy("where"), ordering="country__name_en")
    def where(self, engagement):
        return engagement.where

    @admin.display(description=gettext_lazy("languages"), empty_value="–")
    def spoken(self, engagement):
        return names_of(engagement.languages) or None

    @admin.display(description=gettext_lazy("attendance"), ordering="attendance", empty_value="–")
    def attended(self, engagement):
        return engagement.attendance_in_words or None

    def changelist_view(self, request, extra_context=None):
        """The section above the list counts what the list shows, so it is made from the list's own rows."""
        response = super().changelist_view(request, extra_context)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist:
            response.context_data["shown_by_kind"] = shown_by_kind(changelist.queryset)
            response.context_data["printed_periods"] = printed_periods(changelist.queryset)
        return response


@admin.register(EngagementCount)
class EngagementCountAdmin(AuditedAdmin):
    form = EngagementCountForm
    list_display = ["label", "measure", "kind", "printed", "evidence", "period_start", "period_end", "ref"]
    list_filter = ["measure", "kind", "qualifier", "evidence"]
    search_fields = ["label", "code", "ref"]
    date_hierarchy = "period_start"

    @admin.display(description=gettext_lazy("as printed"), ordering="quantity", empty_value="–")
    def printed(self, count):
        return count.as_printed or None


@admin.register(Output)
class OutputAdmin(AuditedAdmin):
    form = OutputForm
    list_display = ["title", "kind", "issued_on", "written_in", "report", "visit"]
    list_filter = ["kind", "language"]
    list_select_related = ["report", "visit__country", "visit__region_tag"]
    search_fields = ["title", "report__title", "url"]
    date_hierarchy = "issued_on"
    list_per_page = 25
    autocomplete_fields = ["report", "visit"]

    @admin.display(description=gettext_lazy("language"), ordering="language", empty_value="–")
    def written_in(self, output):
        return name_of(output.language) if output.language else None
