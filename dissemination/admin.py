"""The register of engagements and outputs, with what was printed about them beside what is recorded."""

from datetime import date

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Min
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The packages register pages of their own.
import dissemination.campaigns.admin
import dissemination.images.admin
import dissemination.newsletter.admin
import dissemination.posts.admin
import dissemination.press.admin
import dissemination.strategies.admin  # noqa: F401
from dissemination.engagements.imports import COLUMNS, ENGAGEMENTS, cells_of
from dissemination.forms import EngagementCountForm, EngagementForm, OutputForm
from dissemination.gates import warnings_for_engagement
from dissemination.languages import name_of, names_of
from dissemination.models import Engagement, EngagementCount, Output
from dissemination.table_admin import ImportMixin
from dissemination.tables import csv_response
from dissemination.totals import printed_periods, shown_by_kind
from iesogi.audit import services as audit
from iesogi.audit.admin import AuditedAdmin


class YearFilter(admin.SimpleListFilter):
    """From the first to the last row. A hierarchy of dates would take apart the date of every row."""

    title = gettext_lazy("year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        held = Engagement.objects.aggregate(first=Min("held_on"), last=Max("held_on"))
        years = range(held["last"].year, held["first"].year - 1, -1) if held["first"] else []
        return [(str(year), str(year)) for year in years]

    def queryset(self, request, queryset):
        known = dict(self.lookup_choices)
        if self.value() not in known:
            return queryset
        year = int(self.value())
        return queryset.in_period(date(year, 1, 1), date(year, 12, 31))


@admin.register(Engagement)
class EngagementAdmin(ImportMixin, AuditedAdmin):
    table = ENGAGEMENTS
    form = EngagementForm
    change_list_template = "dissemination/engagement_change_list.html"
    list_display = ["title", "kind", "held_on", "where", "spoken", "attended"]
    list_filter = ["kind", YearFilter, "online", "continent", "country__regional_group"]
    list_select_related = ["country"]
    search_fields = ["title", "host", "place", "country__search_text"]
    search_help_text = gettext_lazy("Words of the title, the host, the place or the State.")
    list_per_page = 20
    autocomplete_fields = ["country", "reports", "visit", "perspectives", "products"]
    fieldsets = [
        (None, {"fields": ["title", "kind", "held_on", "host", "partners", "url"]}),
        (gettext_lazy("Where"), {"fields": ["online", "place", "country", "continent"]}),
        (gettext_lazy("Who was reached"), {"fields": ["languages", ("attendance", "attendance_qualifier")]}),
        (gettext_lazy("What it was about"), {"fields": ["reports", "visit", "perspectives", "products"]}),
    ]
    quick_fieldsets = [
        (
            None,
            {
                "fields": [
                    *("title", "kind", "held_on", "host", "online", "place", "country"),
                    *("languages", ("attendance", "attendance_qualifier")),
                ]
            },
        )
    ]

    def get_urls(self):
        export = self.admin_site.admin_view(self.export_view)
        return [path("export.csv", export, name="dissemination_engagement_export"), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        return self.quick_fieldsets if obj is None and "quick" in request.GET else self.fieldsets

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for sentence in warnings_for_engagement(form.instance):
            self.message_user(request, sentence, messages.WARNING)

    def response_add(self, request, obj, post_url_continue=None):
        """ "Save and add another" goes on with the short form where it began with it."""
        response = super().response_add(request, obj, post_url_continue)
        if "quick" in request.GET and "_addanother" in request.POST:
            response["Location"] = f"{request.path}?quick=1"
        return response

    def export_view(self, request):
        """The rows of the list as it is filtered, with a note of who took them."""
        if not self.has_view_permission(request):
            raise PermissionDenied(_("Your role does not read the register of engagements."))
        rows = self.get_changelist_instance(request).get_queryset(request)
        rows = rows.select_related("country").prefetch_related("reports", "perspectives")
        audit.record(by=request.user, verb="engagement.exported", label="engagements.csv", rows=rows.count())
        return csv_response("engagements.csv", COLUMNS, map(cells_of, rows))

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
