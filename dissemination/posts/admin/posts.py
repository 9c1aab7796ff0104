"""Posts: one content, a version for each network, counted on the server, approved by somebody else."""

from datetime import timedelta

from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dissemination.approval_admin import APPROVAL_ACTS, OutgoingAdmin
from dissemination.posts.calendar import agenda, month_asked
from dissemination.posts.forms import PostVersionForm, PostVersionFormSet
from dissemination.posts.lengths import count_in_words
from dissemination.posts.models import Post, PostVersion
from dissemination.posts.numbers import overview


class PostVersionInline(admin.StackedInline):
    model = PostVersion
    form = PostVersionForm
    formset = PostVersionFormSet
    fields = ["network", "language", "text", "picture", "alt", "counted", "posted_at", "url"]
    readonly_fields = ["counted", "posted_at", "url"]
    autocomplete_fields = ["picture"]
    show_change_link = True

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 2

    @admin.display(description=gettext_lazy("length when last saved"))
    def counted(self, version):
        return count_in_words(version.network, version.text) if version.pk else "–"


@admin.register(Post)
class PostAdmin(OutgoingAdmin):
    change_list_template = "dissemination/post_change_list.html"
    change_form_template = "dissemination/post_change_form.html"
    list_display = ["title", "form", "state_in_words", "planned_at", "networks", "author"]
    list_filter = ["state", "form", "versions__network", "planned_at"]
    search_fields = ["title", "versions__text"]
    date_hierarchy = "planned_at"
    inlines = [PostVersionInline]
    fieldsets = [
        (None, {"fields": ["title", "form", "planned_at"]}),
        (gettext_lazy("What it is about"), {"fields": OutgoingAdmin.subject_fields}),
        (gettext_lazy("On its way out"), {"fields": OutgoingAdmin.readonly_fields}),
    ]
    acts = APPROVAL_ACTS

    def get_urls(self):
        own = [path("calendar/", self.admin_site.admin_view(self.calendar_view), name="dissemination_post_calendar")]
        return own + super().get_urls()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("versions")

    def changelist_view(self, request, extra_context=None):
        """Types and numbers of the posts in the list (WP 2021-2023 para 42), counted from the list's own rows."""
        response = super().changelist_view(request, extra_context)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist:
            response.context_data["overview"] = overview(changelist.queryset)
        return response

    def calendar_view(self, request):
        """What is planned for a month, day by day, and what has no day yet."""
        first = month_asked(request.GET.get("month", ""))
        days, undated = agenda(self.get_queryset(request), first)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Calendar of posts"),
            "opts": self.opts,
            "month": first,
            "before": first - timedelta(days=1),
            "after": first + timedelta(days=31),
            "days": days,
            "undated": undated,
            "zone": timezone.get_current_timezone_name(),
        }
        return TemplateResponse(request, "dissemination/post_calendar.html", context)

    @admin.display(description=gettext_lazy("networks"))
    def networks(self, post):
        return ", ".join(f"{version.get_network_display()} ({version.language})" for version in post.versions.all())
