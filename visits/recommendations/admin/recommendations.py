"""Recommendations for staff: found by words and State, assessed by acts that only add."""

from functools import partial

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from iesogi.audit import services as audit
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin, HistoryInline, ReadOnlyAdmin
from iesogi.audit.cells import beneath
from iesogi.deadlines.clock import short
from iesogi.deadlines.days import lateness, today
from reports.forms import WholeRowForm
from visits.admin.columns import REFUSALS, MatchingMixin
from visits.recommendations import exports, permissions, services
from visits.recommendations.enums import SHAPES, Status
from visits.recommendations.filters import GoalFilter, NewsFilter, PersonsFilter, ThemeFilter
from visits.recommendations.forms import AssessForm, NewsForm
from visits.recommendations.models import Assessment, Recommendation, RecommendationTag


class AssessmentInline(HistoryInline):
    """To be read: assessments are added by their act and never changed."""

    model = Assessment
    fk_name = "recommendation"
    fields = readonly_fields = ["status", "on", "assessor", "assessor_name", "grade", "evidence", "url", "corrects"]


class ActionInline(admin.TabularInline):
    model = Recommendation.actions.through
    verbose_name = gettext_lazy("action")
    verbose_name_plural = gettext_lazy("actions that answer it")
    autocomplete_fields = ["recommendationaction"]
    extra = 0


class TaggedList(ChangeList):
    """The tags of a page in one query."""

    def get_queryset(self, request, exclude_parameters=None):
        return super().get_queryset(request, exclude_parameters).prefetch_related("tags")


FORMS = ["csv", "xlsx", "json"]
act = partial(Act, may=permissions.may_track, refusals=REFUSALS)
ACTS = [
    act(
        "assess",
        label=gettext_lazy("Add an assessment"),
        question=gettext_lazy("What was found? Earlier findings stay as they are:"),
        done=gettext_lazy("The assessment is added. The status follows from the newest one."),
        do=services.assess,
        form=AssessForm,
    ),
    act(
        "news",
        label=gettext_lazy("Ask for news"),
        question=gettext_lazy("How often is news of this recommendation asked for?"),
        done=gettext_lazy("The rhythm is set; its next date stands among the deadlines."),
        do=services.ask_for_news,
        form=NewsForm,
    ),
    act(
        "publish",
        label=gettext_lazy("Show to the public"),
        question=gettext_lazy("Show this recommendation on the public tracker?"),
        done=gettext_lazy("The public sees it now."),
        do=services.publish,
        offered=lambda recommendation: not recommendation.is_public,
    ),
    act(
        "withdraw",
        label=gettext_lazy("Take off the public page"),
        question=gettext_lazy("Take this recommendation off the public tracker?"),
        done=gettext_lazy("The public does not see it any more."),
        do=services.withdraw,
        offered=lambda recommendation: recommendation.is_public,
    ),
]


@admin.register(Recommendation)
class RecommendationAdmin(MatchingMixin, ActsMixin, AuditedAdmin):
    form = WholeRowForm
    acts = ACTS
    list_display = [
        "reference", "country", "excerpt", "kind_of_measure", "status_and_evidence", "next_update", "about",
        "is_public",
    ]  # fmt: skip
    list_filter = [
        "status", "measure", "source_kind", "addressee", "position", "is_public", NewsFilter,
        ThemeFilter, PersonsFilter, GoalFilter, "country__regional_group",
    ]  # fmt: skip
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["search_text"]
    search_help_text = gettext_lazy("Words of the text, a symbol, or a State in any of six languages.")
    autocomplete_fields = ["country", "visit", "report", "tags"]
    change_list_template = "visits/recommendations/admin_list.html"
    inlines = [ActionInline, AssessmentInline]
    readonly_fields = ["status_in_words", "is_public", "rhythm", "next_update"]
    fieldsets = [
        (None, {"fields": ["reference", "text", "country"]}),
        (
            gettext_lazy("Source"),
            {
                "description": gettext_lazy(
                    "A promotional visit makes no findings, so it holds no recommendations. "
                    "Of a letter only its printed reference is kept."
                ),
                "fields": [
                    "source_kind", "source_symbol", "source_paragraph", "issued_on", "source_public_on", "visit",
                    "report",
                ],
            },
        ),
        (
            gettext_lazy("What it asks, and of whom"),
            {"fields": ["addressee", "addressee_name", "measure", "specificity", "due_on", "tags", "position"]},
        ),
        (gettext_lazy("Follow-up"), {"fields": ["status_in_words", "rhythm", "next_update", "is_public"]}),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user).with_relations()

    def get_changelist(self, request, **kwargs):
        return TaggedList

    def get_view_on_site_url(self, obj=None):
        """Only where the public has a page of it."""
        return super().get_view_on_site_url(obj) if obj and obj.is_public else None

    def get_urls(self):
        view = self.admin_site.admin_view(self.export)
        return [path("export/<str:form>/", view, name="visits_recommendation_export"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        context = {"forms": FORMS, "asked": "?" + request.GET.urlencode()} | (extra_context or {})
        context["may_import"] = bool(permissions.may_import(request.user))
        return super().changelist_view(request, context)

    def export(self, request, form):
        """This view of the list as a file; who took it is in the chain."""
        if form not in FORMS:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_changelist_instance(request).get_queryset(request).order_by("pk")
        audit.record(by=request.user, verb="recommendations.exported", label=form, rows=found.count())
        return exports.response(found, form, all_evidence=True)

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def has_delete_permission(self, request, obj=None):
        """What was shown or assessed stays; it can be withdrawn."""
        return super().has_delete_permission(request, obj) and not (obj and (obj.is_public or obj.latest_id))

    def audit_label(self, obj):
        return obj.neutral_label

    @admin.display(description=gettext_lazy("text"))
    def excerpt(self, recommendation):
        return format_html("<bdi>{}</bdi>", Truncator(recommendation.text).words(18))

    @admin.display(description=gettext_lazy("themes, persons and Goals"))
    def about(self, recommendation):
        return "; ".join(str(tag) for tag in recommendation.tags.all()) or "–"

    @admin.display(description=gettext_lazy("implementation"), ordering="status")
    def status_in_words(self, recommendation):
        return format_html("{} {}", SHAPES[Status(recommendation.status)], recommendation.get_status_display())

    @admin.display(description=gettext_lazy("implementation, last evidence"), ordering="status")
    def status_and_evidence(self, recommendation):
        latest = recommendation.latest
        evidence = f"{latest.get_assessor_display()}, {short(latest.on)}" if latest else ""
        return beneath(self.status_in_words(recommendation), evidence)

    @admin.display(description=gettext_lazy("measure, addressed to"), ordering="measure")
    def kind_of_measure(self, recommendation):
        return beneath(recommendation.get_measure_display(), recommendation.get_addressee_display())

    @admin.display(description=gettext_lazy("next update"), ordering="review__due_on")
    def next_update(self, recommendation):
        review = recommendation.review
        if review is None or not review.is_open:
            return "–"
        return f"{short(review.due_on)} ({lateness(review.due_on, on=today())})"


@admin.register(RecommendationTag)
class RecommendationTagAdmin(AuditedAdmin):
    list_display = ["label", "kind", "code", "perspective"]
    list_filter = ["kind"]
    list_select_related = ["perspective"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["label", "code"]
    autocomplete_fields = ["perspective"]


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    """Every finding, to be looked at; they are added on the page of their recommendation."""

    list_display = ["on", "recommendation", "status", "assessor", "assessor_name", "grade", "by"]
    list_filter = ["status", "assessor", "grade", "on"]
    list_select_related = ["recommendation", "by"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["recommendation__reference", "assessor_name"]

    def get_queryset(self, request):
        seen = Recommendation.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(recommendation__in=seen).defer("recommendation__search_text")
