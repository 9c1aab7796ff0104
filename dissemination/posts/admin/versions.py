"""One version on one network: to be copied out, marked as posted, and given its numbers."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from dissemination.approval_admin import REFUSALS
from dissemination.enums import DraftState
from dissemination.permissions import may_change
from dissemination.posts import services
from dissemination.posts.forms import PostedForm
from dissemination.posts.imports import NUMBERS
from dissemination.posts.lengths import count_in_words
from dissemination.posts.models import PostNumbers, PostVersion
from dissemination.querysets import without_hidden_letters
from dissemination.table_admin import ImportMixin
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin


class PostNumbersInline(admin.TabularInline):
    model = PostNumbers
    extra = 0
    fields = ["on", "reach", "reactions", "comments", "shares"]


@admin.register(PostVersion)
class PostVersionAdmin(ImportMixin, ActsMixin, AuditedAdmin):
    table = NUMBERS
    list_display = ["post", "network", "language", "state", "planned_at", "posted_at"]
    list_filter = ["network", ("posted_at", admin.EmptyFieldListFilter), "posted_at", "post__state", "language"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["post__title", "text"]
    inlines = [PostNumbersInline]
    fields = readonly_fields = [
        "post",
        "state",
        "planned_at",
        "network",
        "language",
        "copy_out",
        "counted",
        "image",
        "alt",
        "posted_at",
        "url",
    ]
    acts = [
        Act(
            "posted",
            label=gettext_lazy("Mark as posted"),
            question=gettext_lazy("Did you post this version? The post counts as one posting from then on."),
            done=gettext_lazy("It is marked as posted."),
            may=lambda user, version: may_change(user, version.post),
            do=services.mark_posted,
            form=PostedForm,
            offered=lambda version: version.posted_at is None and version.post.state == DraftState.APPROVED,
            refusals=REFUSALS,
        )
    ]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("post", "picture")
        return without_hidden_letters(rows, request.user, "post__letter")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("state"))
    def state(self, version):
        return version.post.get_state_display()

    @admin.display(description=gettext_lazy("planned for"), ordering="post__planned_at")
    def planned_at(self, version):
        return version.post.planned_at or "–"

    @admin.display(description=gettext_lazy("text to copy"))
    def copy_out(self, version):
        """Selectable as a whole; no script is needed to copy a text field."""
        attrs = {"readonly": True, "rows": 8, "id": "copy-out", "dir": "auto", "class": "vLargeTextField"}
        return forms.Textarea(attrs=attrs).render("copy_out", version.text)

    @admin.display(description=gettext_lazy("length"))
    def counted(self, version):
        return count_in_words(version.network, version.text)

    @admin.display(description=gettext_lazy("image"))
    def image(self, version):
        if version.picture is None:
            return "–"
        url = reverse("admin:dissemination_picture_file", args=[version.picture_id])
        return format_html('<a href="{}">{}</a>', url, version.picture)
