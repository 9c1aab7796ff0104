"""Calls for staff: texts, questions, closing times, late codes, and the steps of a call."""

from functools import partial

from django.conf import settings
from django.contrib import admin
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, gettext_noop

from iesogi.audit.acts import Act, ActsMixin, says
from iesogi.audit.admin import AuditedAdmin, HistoryInline
from reports.calls import closing, permissions, services
from reports.calls.enums import CallState, Standing
from reports.calls.exceptions import CallRefused
from reports.calls.forms import CallForm, ClosingForm, LateLinkForm
from reports.calls.models import MOST_QUESTIONS, Call, CallFigure, CallText, CategoryDeadline, LateLink, Question
from reports.calls.zones import in_words
from reports.contributions import desk_views, entering
from reports.contributions.tags import MOST_TAGS, Tag

SHAPES = {Standing.DRAFT: "○", Standing.UPCOMING: "◇", Standing.OPEN: "●", Standing.CLOSED: "×"}


class TextInline(admin.StackedInline):
    model = CallText
    extra = 0
    min_num = 1
    max_num = 3


class QuestionInline(admin.StackedInline):
    """Frozen once somebody has answered or saved: an answer must not come to stand under another question."""

    model = Question
    extra = 0
    max_num = MOST_QUESTIONS
    fields = [("order", "kind", "required", "word_limit"), "text_en", "text_fr", "text_es",
              ("choices_en", "choices_fr", "choices_es")]  # fmt: skip

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_max=True, **kwargs)

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not is_answered(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not is_answered(obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


def is_answered(call):
    return call is not None and (call.contributions.exists() or call.unfinished.exists())


class DeadlineInline(admin.TabularInline):
    model = CategoryDeadline
    extra = 0


class TagInline(admin.TabularInline):
    """The list from which contributions to this call get their tags."""

    model = Tag
    extra = 0
    max_num = MOST_TAGS

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_max=True, **kwargs)


class FigureInline(admin.TabularInline):
    model = CallFigure
    fields = ["part", "printed", "quantity", "qualifier", "evidence", "ref"]
    extra = 0


class LateLinkInline(HistoryInline):
    model = LateLink
    fields = readonly_fields = ["code", "address", "expires_at", "uses", "used", "note"]

    @admin.display(description=gettext_lazy("link"))
    def address(self, link):
        path_to_it = reverse("calls:contribute", args=[link.call.code])
        return f"{settings.PORTAL_URL}{path_to_it}?late={link.code}"


act = partial(Act, may=permissions.may_run, refusals=(CallRefused,))


def step_act(to):
    return act(
        f"to-{to}",
        label=says(gettext_noop("Mark as “%(state)s”"), to),
        question=gettext_lazy("Take this step? The public page changes at once."),
        done=says(gettext_noop("The call is now “%(state)s”."), to),
        do=partial(services.move, to=to),
        offered=lambda call: to in CallState(call.state).successors,
    )


@admin.register(Call)
class CallAdmin(ActsMixin, AuditedAdmin):
    form = CallForm
    change_form_template = "reports/calls/admin_call.html"
    list_display = ["title", "standing_in_words", "closes", "report", "contribution_count", "waiting_count"]
    list_filter = ["state"]
    list_select_related = ["report"]
    show_full_result_count = False
    search_fields = ["code", "texts__title", "report__symbol", "report__title"]
    ordering = ["-closes_at", "code"]
    autocomplete_fields = ["report"]
    readonly_fields = ["state", "unfinished_count"]
    inlines = [TextInline, QuestionInline, DeadlineInline, LateLinkInline, TagInline, FigureInline]
    fieldsets = [
        (None, {"fields": ["code", "state", "report"]}),
        (gettext_lazy("When"), {"fields": ["opens_at", "closes_at", "zone"]}),
        (
            gettext_lazy("What comes in"),
            {"fields": ["word_limit", "only_documents", "contact_email", "note", "unfinished_count"]},
        ),
    ]
    acts = [
        *[step_act(state) for state in CallState],
        act(
            "closing",
            label=gettext_lazy("Move the closing time"),
            question=gettext_lazy("Give this call another closing time? The public page and the calendar change."),
            done=gettext_lazy("The closing time is moved."),
            do=services.set_closing,
            form=ClosingForm,
            offered=lambda call: call.state == CallState.PUBLISHED,
        ),
        act(
            "late",
            label=gettext_lazy("Give a late code"),
            question=gettext_lazy("Let somebody send after closing?"),
            done=gettext_lazy("The code is made. It stands below, with the link to send."),
            do=services.give_late_link,
            form=LateLinkForm,
            offered=lambda call: call.state == CallState.PUBLISHED,
            then=lambda link: reverse("admin:reports_call_change", args=[link.call_id]),
        ),
    ]

    def get_urls(self):
        pages = {
            "statistics": ("statistics/", desk_views.figures),
            "statistics_csv": ("statistics.csv", desk_views.figures_csv),
            "clear_zip": ("contributions.zip", desk_views.clear_zip),
            "sealed_zip": ("all.zip", desk_views.sealed_zip),
            "enter": ("enter/", entering.enter_page),
        }
        own = [
            path(f"<path:object_id>/{route}", self.admin_site.admin_view(view), name=f"reports_call_{name}")
            for name, (route, view) in pages.items()
        ]
        return own + super().get_urls()

    def get_queryset(self, request):
        return super().get_queryset(request).with_texts().prefetch_related("deadlines").with_counts()

    def get_readonly_fields(self, request, obj=None):
        """The closing time of a published call moves by an act that asks why."""
        frozen = ["opens_at", "closes_at", "zone", "code"] if obj and obj.state != CallState.DRAFT else []
        return [*self.readonly_fields, *frozen]

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.state == CallState.DRAFT)

    @admin.display(description=gettext_lazy("standing"), ordering="state")
    def standing_in_words(self, call):
        found = closing.standing(call, now=timezone.now())
        return format_html("{} {}", SHAPES[found], found.label)

    @admin.display(description=gettext_lazy("closes"), ordering="closes_at")
    def closes(self, call):
        return in_words(call.closes_at, call.zone) if call.closes_at else "–"

    @admin.display(description=gettext_lazy("contributions"), ordering="contribution_total")
    def contribution_count(self, call):
        url = reverse("admin:reports_contribution_changelist") + f"?call__id__exact={call.pk}"
        return format_html('<a href="{}">{}</a>', url, call.contribution_total)

    @admin.display(description=gettext_lazy("saved, not sent yet"))
    def unfinished_count(self, call):
        """How many, and no more: nobody of the team can open one."""
        return call.unfinished.count() if call.pk else 0

    @admin.display(description=gettext_lazy("to be judged"), ordering="waiting_total")
    def waiting_count(self, call):
        return call.waiting_total
