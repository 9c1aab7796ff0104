"""Reference data for staff: found by any name, corrected by hand; what is corrected here no load overwrites."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iesogi.audit.admin import AuditedAdmin, ReadOnlyAdmin
from iesogi.reference.models import (
    Affiliation,
    Country,
    LoadedRow,
    Mandate,
    MandateHolder,
    MandateTerm,
    Perspective,
    RegionTag,
    Session,
    StateVote,
)
from iesogi.reference.querysets.countries import name_field
from iesogi.reference.search import StateSearchMixin


@admin.register(Country)
class CountryAdmin(AuditedAdmin):
    list_display = ["name", "iso3", "iso2", "status", "regional_group", "tags"]
    list_filter = ["regional_group", "status", "region_tags"]
    # Searched by `CountryQuerySet.search`; named here because Django shows the search box only for a non-empty list.
    search_fields = ["search_text"]
    search_help_text = _("A name in any of the six official languages, with or without accents, or an ISO code.")
    filter_horizontal = ["region_tags"]
    fieldsets = [
        (None, {"fields": ["iso3", "iso2", "status", "regional_group", "region_tags"]}),
        (
            _("Names in the official languages"),
            {"fields": ["name_en", "name_fr", "name_es", "name_ar", "name_ru", "name_zh", "other_names"]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("region_tags")

    def get_ordering(self, request):
        return [name_field()]

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    @admin.display(description=_("name"))
    def name(self, country):
        return country.name

    @admin.display(description=_("region tags"))
    def tags(self, country):
        return ", ".join(tag.label for tag in country.region_tags.all())


@admin.register(RegionTag)
class RegionTagAdmin(AuditedAdmin):
    list_display = ["label", "code", "evidence", "note"]
    list_filter = ["evidence"]
    search_fields = ["label", "code"]


@admin.register(Perspective)
class PerspectiveAdmin(AuditedAdmin):
    list_display = ["label", "kind", "part_of", "ref"]
    list_filter = ["kind"]
    list_select_related = ["part_of"]
    search_fields = ["label", "code", "note"]
    autocomplete_fields = ["part_of", "combines"]
    fieldsets = [
        (None, {"fields": ["kind", "code", "label", "note"]}),
        (_("How it hangs together"), {"fields": ["part_of", "combines", "aims"]}),
        (_("For a focus: its period"), {"fields": ["starts_on", "ends_on"]}),
        (_("Where it is printed"), {"fields": ["paragraphs", "ref"]}),
    ]


@admin.register(Session)
class SessionAdmin(AuditedAdmin):
    list_display = ["__str__", "forum", "year", "starts_on", "ends_on", "dates_evidence", "takes_report"]
    list_filter = ["forum", "takes_report", "dates_evidence"]
    search_fields = ["forum", "=number", "=year", "note"]
    search_help_text = _("A forum, a number or a year, for example HRC 2024.")
    date_hierarchy = "starts_on"
    fieldsets = [
        (None, {"fields": ["forum", "number", "year", "takes_report"]}),
        (_("Dates"), {"fields": ["starts_on", "ends_on", "dates_evidence", "note"]}),
    ]


class HolderInline(admin.TabularInline):
    model = MandateHolder
    fields = ["code", "name", "country", "starts_printed", "ends_on", "evidence"]
    autocomplete_fields = ["country"]
    extra = 0
    show_change_link = True


@admin.register(Mandate)
class MandateAdmin(StateSearchMixin, AuditedAdmin):
    list_display = ["label", "country", "created_year", "is_ours", "evidence"]
    list_filter = ["is_ours", ("country", admin.EmptyFieldListFilter), "evidence"]
    list_select_related = ["country"]
    search_fields = ["label", "full_title", "code"]
    autocomplete_fields = ["country"]
    inlines = [HolderInline]
    fieldsets = [
        (None, {"fields": ["code", "label", "full_title", "title_fr", "of_fr", "title_es", "country", "is_ours"]}),
        (_("Creation and terms"), {"fields": ["created_year", "creation_votes", "term_length_years"]}),
        (_("Where it is printed"), {"fields": ["evidence", "ref"]}),
    ]


class AffiliationInline(admin.TabularInline):
    model = Affiliation
    extra = 0


@admin.register(MandateHolder)
class MandateHolderAdmin(StateSearchMixin, AuditedAdmin):
    list_display = ["name", "mandate", "country", "starts_printed", "ends_on", "evidence"]
    list_filter = ["mandate__is_ours", "evidence"]
    list_select_related = ["mandate", "country"]
    search_fields = ["name", "code", "profession"]
    autocomplete_fields = ["mandate", "country"]
    inlines = [AffiliationInline]
    fieldsets = [
        (None, {"fields": ["mandate", "code", "name", "country", "profession"]}),
        (_("In office"), {"fields": ["starts_printed", "starts_evidence", "ends_on", "ends_evidence"]}),
        (_("Where it is printed"), {"fields": ["evidence", "note", "ref"]}),
    ]


class StateVoteInline(admin.TabularInline):
    model = StateVote
    autocomplete_fields = ["country"]
    extra = 0


@admin.register(MandateTerm)
class MandateTermAdmin(AuditedAdmin):
    list_per_page = 25
    list_display = ["__str__", "event", "adopted_on", "printed_date", "vote", "starts_year", "ends_year", "evidence"]
    list_filter = ["event", "evidence"]
    search_fields = ["resolution", "=year"]
    autocomplete_fields = ["mandate"]
    inlines = [StateVoteInline]
    fieldsets = [
        (None, {"fields": ["mandate", "event", "resolution", "year"]}),
        (_("Adoption, and the date as printed"), {"fields": ["adopted_on", "adopted_evidence", "printed_date"]}),
        (_("Vote"), {"fields": ["in_favour", "against", "abstentions", "votes_evidence"]}),
        (_("Term as printed"), {"fields": ["starts_year", "ends_year"]}),
        (_("Where it is printed"), {"fields": ["evidence", "ref"]}),
    ]

    @admin.display(description=_("vote"))
    def vote(self, term):
        return term.vote


@admin.register(StateVote)
class StateVoteAdmin(StateSearchMixin, AuditedAdmin):
    list_display = ["country", "term", "position", "cosponsored", "evidence"]
    list_filter = ["position", "cosponsored", "country__regional_group", "term"]
    list_select_related = ["country", "term"]
    search_fields = ["term__resolution"]
    autocomplete_fields = ["country", "term"]


@admin.register(LoadedRow)
class LoadedRowAdmin(ReadOnlyAdmin):
    """What the data files last said of each row: the other side of an edit."""

    list_display = ["key", "model", "source", "loaded_at"]
    list_filter = ["model", "source", "loaded_at"]
    search_fields = ["model", "key"]
    show_full_result_count = False
