from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iesogi.audit.acts import ActsMixin
from iesogi.audit.admin import AuditedAdmin
from iesogi.programme.documents import GENERATE
from iesogi.programme.models import (
    ActivityCount,
    Contradiction,
    Footnote,
    FundingRule,
    FundingShare,
    Materialised,
    Paragraph,
    PrintedFigure,
    ProductTarget,
    Resource,
    Section,
    Statement,
    WorkProgramme,
)
from iesogi.reference.figures import qualified


class FigureAdmin(AuditedAdmin):
    """Lists of figures show them as the PDF prints them, with their qualifier in words (R21)."""

    list_filter = ["programme", "qualifier", "evidence"]
    search_fields = ["label", "code", "ref"]
    list_select_related = ["programme"]

    @admin.display(description=_("figure"), ordering="quantity")
    def figure(self, obj):
        return qualified(obj.quantity, obj.qualifier)


@admin.register(WorkProgramme)
class WorkProgrammeAdmin(ActsMixin, AuditedAdmin):
    acts = [GENERATE]
    list_display = ["label", "period_start", "period_end", "holder", "subject_to_renewal_from"]
    list_select_related = ["holder"]
    search_fields = ["label", "title"]
    autocomplete_fields = ["holder"]


class ParagraphInline(admin.StackedInline):
    model = Paragraph
    extra = 0
    fields = ["number", "topic", "body", "exhibits"]


@admin.register(Section)
class SectionAdmin(AuditedAdmin):
    list_display = ["number", "label", "programme", "order"]
    list_display_links = ["label"]
    list_filter = ["programme"]
    list_select_related = ["programme"]
    search_fields = ["label", "number", "code"]
    autocomplete_fields = ["programme"]
    inlines = [ParagraphInline]


@admin.register(Paragraph)
class ParagraphAdmin(AuditedAdmin):
    list_display = ["number", "topic", "section"]
    list_filter = ["section__programme", "section"]
    list_select_related = ["section"]
    search_fields = ["=number", "topic", "body"]
    autocomplete_fields = ["section"]


@admin.register(Footnote)
class FootnoteAdmin(AuditedAdmin):
    list_display = ["number", "paragraph", "body"]
    list_filter = ["programme"]
    list_select_related = ["paragraph"]
    search_fields = ["=number", "body"]
    autocomplete_fields = ["programme", "paragraph"]


@admin.register(PrintedFigure)
class PrintedFigureAdmin(FigureAdmin):
    list_display = ["label", "figure", "unit", "evidence", "as_of", "ref"]
    autocomplete_fields = ["programme"]


@admin.register(ProductTarget)
class ProductTargetAdmin(FigureAdmin):
    list_display = ["letter", "label", "figure", "period", "per_year", "in_period"]
    list_display_links = ["label"]
    list_filter = ["programme", "period", "qualifier"]
    autocomplete_fields = ["programme"]

    @admin.display(description=_("a year"))
    def per_year(self, obj):
        return obj.per_year

    @admin.display(description=_("whole period"))
    def in_period(self, obj):
        return obj.in_period


@admin.register(ActivityCount)
class ActivityCountAdmin(FigureAdmin):
    list_display = ["letter", "label", "figure", "meetings", "as_of", "forecast"]
    list_display_links = ["label"]
    list_filter = ["programme", "qualifier", "forecast"]
    autocomplete_fields = ["programme"]

    @admin.display(description=_("meetings in total"))
    def meetings(self, obj):
        return qualified(obj.meetings_total, obj.meetings_qualifier) if obj.meetings_total else "–"


class MaterialisedInline(admin.TabularInline):
    model = Materialised
    extra = 0


@admin.register(Resource)
class ResourceAdmin(AuditedAdmin):
    list_display = ["label", "kind", "months", "trips", "days_each", "donor", "amount", "currency", "basis"]
    list_filter = ["programme", "kind"]
    list_select_related = ["donor"]
    search_fields = ["label", "code", "place"]
    autocomplete_fields = ["programme", "donor"]
    inlines = [MaterialisedInline]


@admin.register(FundingRule)
class FundingRuleAdmin(AuditedAdmin):
    list_display = ["activity", "sources", "cap_per_year", "reason"]
    list_filter = ["programme", "activity"]
    search_fields = ["activity", "reason"]
    autocomplete_fields = ["programme"]

    @admin.display(description=_("allowed sources"))
    def sources(self, obj):
        return ", ".join(str(label) for label in obj.allowed_labels) or "–"


@admin.register(FundingShare)
class FundingShareAdmin(FigureAdmin):
    list_display = ["source", "figure", "region_tag", "aim"]
    list_filter = ["programme", "source"]
    list_select_related = ["region_tag"]
    search_fields = ["source", "aim"]
    autocomplete_fields = ["programme", "region_tag"]


class StatementInline(admin.TabularInline):
    model = Statement
    extra = 0


@admin.register(Contradiction)
class ContradictionAdmin(AuditedAdmin):
    list_display = ["number", "topic", "keep", "note"]
    list_display_links = ["topic"]
    list_filter = ["programme"]
    search_fields = ["=number", "topic", "note"]
    autocomplete_fields = ["programme"]
    inlines = [StatementInline]
