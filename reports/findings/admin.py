"""Findings and recommendations of reports, each with its texts: written by those who may change the report."""

from django.contrib import admin
from django.db.models import Max
from django.utils.translation import gettext_lazy

from iesogi.audit.admin import AuditedAdmin
from reports.findings.enums import FindingKind
from reports.findings.models import Finding, FindingText


class FindingTextInline(admin.StackedInline):
    model = FindingText
    extra = 0
    min_num = 1


@admin.register(Finding)
class FindingAdmin(AuditedAdmin):
    list_display = ["report", "kind", "order", "text"]
    list_display_links = ["text"]
    list_filter = ["kind", "report__forum", "texts__language"]
    list_select_related = ["report"]
    search_fields = ["report__symbol", "report__title", "texts__text"]
    ordering = ["-report__year", "report__forum", "kind", "order"]
    autocomplete_fields = ["report"]
    inlines = [FindingTextInline]

    def get_changeform_initial_data(self, request):
        """Opened from a report, the next free place is filled in."""
        given = super().get_changeform_initial_data(request)
        report, kind = given.get("report", ""), given.get("kind", FindingKind.FINDING)
        if report and "order" not in given:
            last = Finding.objects.filter(report=report, kind=kind).aggregate(last=Max("order"))["last"]
            given["order"] = (last or 0) + 1
        return given

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("texts")

    @admin.display(description=gettext_lazy("text"))
    def text(self, finding):
        text = finding.text_in("en")
        return text.text if text else "–"
