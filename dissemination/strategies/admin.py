"""Strategies with their activities and what their indicators have reached."""

from functools import partial

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communications.models import Letter
from dissemination.exceptions import StepRefused
from dissemination.permissions import may_change
from dissemination.strategies import services
from dissemination.strategies.enums import ActivityState, Subject
from dissemination.strategies.forms import ActivityForm, DayForm, DropForm, ReasonForm, ResultForm
from dissemination.strategies.missing import without_strategy
from dissemination.strategies.models import (
    PLAN_FIELDS,
    Activity,
    Indicator,
    Strategy,
    StrategyTemplate,
    TemplateActivity,
    TemplateIndicator,
)
from dissemination.strategies.results import results
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin, HistoryInline
from iesogi.deadlines.clock import in_words
from iesogi.deadlines.days import lateness, today
from iesogi.deadlines.exceptions import ClockRefused, DeadlineRefused

act = partial(Act, may=may_change, refusals=(StepRefused, DeadlineRefused, ClockRefused))
SHAPES = {ActivityState.PLANNED: "◇", ActivityState.DONE: "●", ActivityState.DROPPED: "×"}


def due_in_words(activity):
    if activity.deadline is None:
        return "–"
    words = in_words(activity.deadline.due_on)
    is_open = activity.deadline.is_open
    return f"{words} ({lateness(activity.deadline.due_on, on=today())})" if is_open else words


def state_in_words(activity):
    return format_html("{} {}", SHAPES[activity.state], activity.get_state_display())


class ActivityInline(HistoryInline):
    """Added and changed by acts, because each has a consequence among the deadlines."""

    model = Activity
    show_change_link = True
    fields = readonly_fields = ["title", "stage", "kind", "owner", "due", "state_words", "result"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("owner", "deadline")

    @admin.display(description=gettext_lazy("due on"))
    def due(self, activity):
        return due_in_words(activity)

    @admin.display(description=gettext_lazy("state"))
    def state_words(self, activity):
        return state_in_words(activity)


class IndicatorInline(admin.TabularInline):
    model = Indicator
    extra = 0
    fields = ["label", "measured_by", "target", "typed"]


class SubjectFilter(admin.SimpleListFilter):
    title = gettext_lazy("kind")
    parameter_name = "subject"

    def lookups(self, request, model_admin):
        return Subject.choices

    def queryset(self, request, queryset):
        known = {kind: Q(**{f"{kind}__isnull": False}) for kind in Subject.values}
        return queryset.filter(known[self.value()]) if self.value() in known else queryset


@admin.register(Strategy)
class StrategyAdmin(ActsMixin, AuditedAdmin):
    change_form_template = "dissemination/strategy_change_form.html"
    change_list_template = "dissemination/strategy_change_list.html"
    list_display = ["name", "considered", "progress", "owner"]
    list_filter = [SubjectFilter, "considered", "press_consent", "owner"]
    list_select_related = ["report", "visit__country", "visit__region_tag", "letter__country", "owner"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["report__title", "report__symbol", "visit__country__search_text", "objectives"]
    autocomplete_fields = ["report", "visit"]
    inlines = [ActivityInline, IndicatorInline]
    fieldsets = [
        (None, {"fields": ["report", "visit", "letter", "owner"]}),
        (gettext_lazy("Decision"), {"fields": ["considered", "reason", "press_consent"]}),
        (gettext_lazy("Plan"), {"fields": PLAN_FIELDS}),
    ]
    acts = [
        act(
            "template",
            label=gettext_lazy("Fill from the template"),
            question=gettext_lazy("Add what the template of this kind has and this strategy lacks?"),
            done=gettext_lazy("The strategy is filled. Change what does not fit."),
            do=services.apply_template,
        ),
        act(
            "activity",
            label=gettext_lazy("Add an activity"),
            question=gettext_lazy("Plan this activity? With a day, its owner is reminded."),
            done=gettext_lazy("The activity is planned."),
            do=services.add_activity,
            form=ActivityForm,
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user).with_progress()

    def get_readonly_fields(self, request, obj=None):
        return ["report", "visit", "letter"] if obj else []

    def changelist_view(self, request, extra_context=None):
        missing = without_strategy() if self.has_add_permission(request) else []
        return super().changelist_view(request, {"missing": missing} | (extra_context or {}))

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A letter that is not published is offered to nobody who may not know of it (R1, R13)."""
        if db_field.name == "letter":
            letters = Letter.objects.visible_to(request.user) | Letter.objects.published()
            kwargs["queryset"] = letters.select_related("country")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def audit_label(self, strategy):
        return services.audit_label(strategy)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        strategy = self.get_object(request, object_id)
        context = {"results": results(strategy)} if strategy else {}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    @admin.display(description=gettext_lazy("about"), ordering="pk")
    def name(self, strategy):
        return str(strategy.subject)

    @admin.display(description=gettext_lazy("activities done"))
    def progress(self, strategy):
        numbers = {"done": strategy.activity_done, "all": strategy.activity_total}
        return _("%(done)d of %(all)d") % numbers


def is_planned(activity):
    return activity.state == ActivityState.PLANNED


@admin.register(Activity)
class ActivityAdmin(ActsMixin, AuditedAdmin):
    list_display = ["title", "about", "stage", "kind", "owner", "due", "state_words"]
    list_filter = ["state", "stage", "kind", "owner"]
    list_select_related = [
        "owner", "deadline", "strategy__report", "strategy__visit__country", "strategy__visit__region_tag",
        "strategy__letter",
    ]  # fmt: skip
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["title", "partner", "strategy__report__title", "strategy__report__symbol"]
    ordering = ["deadline__due_on", "pk"]
    readonly_fields = ["strategy", "stage", "kind", "due", "state_words", "result"]
    fields = ["strategy", "title", "stage", "kind", "owner", "partner", "due", "state_words", "result"]
    acts = [
        act(
            "done",
            label=gettext_lazy("Done"),
            question=gettext_lazy("Mark this activity as done?"),
            done=gettext_lazy("The activity is done, and nobody is reminded of it any more."),
            do=services.finish,
            form=ResultForm,
            offered=is_planned,
        ),
        act(
            "day",
            label=gettext_lazy("Set the day"),
            question=gettext_lazy("Plan this activity for that day?"),
            done=gettext_lazy("The day is set, and reminders follow it."),
            do=services.set_day,
            form=DayForm,
            offered=is_planned,
        ),
        act(
            "drop",
            label=gettext_lazy("Drop"),
            question=gettext_lazy("Drop this activity? It stays in the list, with your reason."),
            done=gettext_lazy("The activity is dropped."),
            do=services.drop,
            form=DropForm,
            offered=is_planned,
        ),
        act(
            "take-up",
            label=gettext_lazy("Take up again"),
            question=gettext_lazy("Plan this activity again?"),
            done=gettext_lazy("The activity is planned again."),
            do=services.take_up,
            form=ReasonForm,
            offered=lambda activity: activity.state == ActivityState.DROPPED,
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def save_model(self, request, obj, form, change):
        """Reminders follow the owner."""
        super().save_model(request, obj, form, change)
        if "owner" in form.changed_data and obj.deadline:
            obj.deadline.owner = obj.owner
            obj.deadline.save(update_fields=["owner", "updated_at"])

    def has_add_permission(self, request):
        return False  # added on the page of its strategy

    def has_delete_permission(self, request, obj=None):
        return False  # dropped ones stay, with their reason

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "owner":
            kwargs["queryset"] = db_field.remote_field.model.objects.filter(is_staff=True, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def audit_label(self, activity):
        return services.activity_label(activity)

    @admin.display(description=gettext_lazy("about"))
    def about(self, activity):
        return str(activity.strategy.subject)

    @admin.display(description=gettext_lazy("due on"), ordering="deadline__due_on")
    def due(self, activity):
        return due_in_words(activity)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_words(self, activity):
        return state_in_words(activity)


class TemplateActivityInline(admin.TabularInline):
    model = TemplateActivity
    extra = 0


class TemplateIndicatorInline(admin.TabularInline):
    model = TemplateIndicator
    extra = 0


@admin.register(StrategyTemplate)
class StrategyTemplateAdmin(AuditedAdmin):
    list_display = ["kind", "objectives"]
    inlines = [TemplateActivityInline, TemplateIndicatorInline]
