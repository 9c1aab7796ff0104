"""Contributions for staff: judged here, read in clear as far as senders agreed, and opened as a whole by a vault."""

from django.contrib import admin
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from iesogi.audit.acts import ActsMixin
from iesogi.audit.admin import AuditedAdmin, HistoryInline
from iesogi.reference.search import StateSearchMixin
from reports.contributions import desk_views, tags
from reports.contributions.admin.acts import ACTS
from reports.contributions.admin.bulk import BULK, action
from reports.contributions.admin.filters import OwnerFilter, TagFilter
from reports.contributions.enums import Publication, State
from reports.contributions.models import Answer, Contribution

SHAPES = {
    State.RECEIVED: "◇",
    State.MORE_INFO: "△",
    State.ACCEPTED: "●",
    State.NOT_RELEVANT: "×",
    State.WITHDRAWN: "○",
}


class AnswerInline(HistoryInline):
    model = Answer
    fields = readonly_fields = ["question", "text"]


@admin.register(Contribution)
class ContributionAdmin(StateSearchMixin, ActsMixin, AuditedAdmin):
    change_form_template = "reports/contributions/change_form.html"
    actions = [action(each) for each in BULK]
    list_display = [
        "ref",
        "sender",
        "category",
        "country",
        "publication_in_words",
        "state_in_words",
        "tag_names",
        "owner",
        "timing",
        "is_published",
    ]
    list_filter = ["call", "state", "has_news", OwnerFilter, TagFilter, "category", "publication", "timing"]
    list_filter += ["language"]
    list_select_related = ["country", "call", "owner"]
    show_full_result_count = False
    search_fields = ["ref", "name", "country__search_text"]
    ordering = ["-week", "ref"]
    inlines = [AnswerInline]
    fieldsets = [
        (None, {"fields": ["ref", "call", "owner", "tag_names"]}),
        (
            gettext_lazy("How it stands"),
            {"fields": ["state_in_words", "reason", "publication_in_words", "published_at"]},
        ),
        (gettext_lazy("Who"), {"fields": ["name", "cosigners", "category", "country", "language", "email"]}),
        (
            gettext_lazy("How it came"),
            {"fields": ["week", "received_at", "timing", "late_link", "late_reason", "came", "has_news"]},
        ),
    ]
    acts = ACTS

    def get_urls(self):
        pages = {
            "open": ("<uuid:pk>/open/", desk_views.open_page),
            "tell": ("<uuid:pk>/tell/", desk_views.tell),
            "decide": ("<uuid:pk>/decide/", desk_views.decide),
            "file": ("<uuid:pk>/files/<uuid:record>/", desk_views.file),
            "copy": ("<uuid:pk>/files/<uuid:record>/copy/", desk_views.copy),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=f"reports_contribution_{name}")
            for name, (route, view) in pages.items()
        ]
        return own + super().get_urls()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("tags")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [name for _label, part in self.fieldsets for name in part["fields"]]

    def get_inlines(self, request, obj):
        return self.inlines if obj and not obj.is_confidential else []

    @admin.display(description=gettext_lazy("sender"), ordering="name")
    def sender(self, row):
        if row.publication == Publication.CONFIDENTIAL:
            return "–"
        return format_html("<bdi>{}</bdi>", row.name) if row.name else "–"

    @admin.display(description=gettext_lazy("publication"), ordering="publication")
    def publication_in_words(self, row):
        return Publication(row.publication).short

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_in_words(self, row):
        news = " ✉" if row.has_news else ""
        return format_html("{} {}{}", SHAPES[row.state], row.get_state_display(), news)

    @admin.display(description=gettext_lazy("tags"))
    def tag_names(self, row):
        return tags.words_of(row) or "–"

    @admin.display(description=gettext_lazy("published"), boolean=True)
    def is_published(self, row):
        return row.published_at is not None
