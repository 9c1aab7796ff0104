"""Quotes for drafters: words, their source, and where they go."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from iesogi.audit.admin import AuditedAdmin
from reports.contributions import quoting, tags
from reports.contributions.admin.filters import QuoteTagFilter
from reports.contributions.models import Quote


@admin.register(Quote)
class QuoteAdmin(AuditedAdmin):
    """For drafters: words, their source, and where they go."""

    list_display = ["words", "source", "tag_names", "used_in", "taken_by", "taken_at"]
    list_filter = ["contribution__call", QuoteTagFilter, "contribution__category"]
    list_select_related = ["contribution__call", "contribution__country", "question", "taken_by"]
    show_full_result_count = False
    search_fields = ["text", "used_in", "contribution__ref"]
    fields = ["words", "source", "tag_names", "used_in", "taken_by", "taken_at"]
    readonly_fields = ["words", "source", "tag_names", "taken_by", "taken_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("contribution__call__texts", "contribution__tags")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    @admin.display(description=gettext_lazy("words"), ordering="text")
    def words(self, quote):
        return format_html("<bdi>{}</bdi>", quote.text)

    @admin.display(description=gettext_lazy("source"))
    def source(self, quote):
        return quoting.source_of(quote)

    @admin.display(description=gettext_lazy("tags"))
    def tag_names(self, quote):
        return tags.words_of(quote.contribution) or "–"
