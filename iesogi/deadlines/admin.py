"""Deadlines are opened, looked at and taken through their steps here; a date changes only with its reason."""

from functools import partial

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin, HistoryInline
from iesogi.deadlines import ics, services
from iesogi.deadlines.clock import in_words
from iesogi.deadlines.days import lateness, today
from iesogi.deadlines.enums import State
from iesogi.deadlines.exceptions import ClockRefused, DeadlineRefused
from iesogi.deadlines.filters import DueFilter, StateFilter, WhoseFilter
from iesogi.deadlines.forms import DoneForm, ExtendForm, OpenForm, ReasonForm, SnoozeForm
from iesogi.deadlines.models import Deadline, DeadlineKind, Extension, Holiday, Reminder
from iesogi.deadlines.permissions import may_change
from iesogi.reference.renewal import RenewalMarks

SHAPES = {State.OPEN: "◇", State.DONE: "●", State.CANCELLED: "×"}
act = partial(Act, may=may_change, refusals=(DeadlineRefused, ClockRefused))


def is_open(deadline):
    return deadline.is_open


class ShownInline(HistoryInline):
    """Shown to whoever sees the deadline."""

    def has_view_permission(self, request, obj=None):
        return True


class ExtensionInline(ShownInline):
    model = Extension
    fields = ["from_date", "to_date", "reason", "by", "at"]
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


class ReminderInline(ShownInline):
    model = Reminder
    fields = ["due_at", "rung", "due_on", "state", "note"]
    readonly_fields = fields


@admin.action(description=_("Take into a calendar (.ics file)"), permissions=["view"])
def take_into_a_calendar(modeladmin, request, queryset):
    """Taken again later, the file moves in the calendar what has moved here. Titles and days, and no more."""
    body = ics.calendar(ics.of_deadlines(queryset), gettext("Deadlines"))
    headers = {"Content-Disposition": 'attachment; filename="deadlines.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


@admin.register(Deadline)
class DeadlineAdmin(RenewalMarks, ActsMixin, AuditedAdmin):
    actions = [take_into_a_calendar]
    list_display = ["title", "kind", "due", "lateness", "state_in_words", "owner", "subject_label"]
    list_filter = [StateFilter, DueFilter, WhoseFilter, "kind"]
    list_select_related = ["kind", "owner"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["title", "subject_label"]
    date_hierarchy = "due_on"
    autocomplete_fields = ["kind"]
    inlines = [ExtensionInline, ReminderInline]
    readonly_fields = [
        "kind",
        "due_in_words",
        "why_this_date",
        "original_due_on",
        "state_in_words",
        "snoozed_until",
        "done_on",
        "subject",
        "where_done",
    ]
    fieldsets = [
        (None, {"fields": ["title", "kind", "owner", "subject"]}),
        (_("Date"), {"fields": ["due_in_words", "why_this_date", "original_due_on"]}),
        (_("State"), {"fields": ["state_in_words", "snoozed_until", "done_on"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["kind", "title", "owner", "subject_label", "subject_url"]}),
        (_("Date"), {"fields": ["start", "unit", "number", "calendar", "roll"]}),
    ]
    acts = [
        act(
            "extend",
            label=_("Extend"),
            question=_("Give this deadline more time? The first date and your reason are kept."),
            done=_("The deadline is extended, and its reminders follow the new date."),
            do=services.extend,
            form=ExtendForm,
            offered=is_open,
        ),
        act(
            "snooze",
            label=_("Snooze"),
            question=_("Send no reminder of this deadline for a while?"),
            done=_("No reminder is sent before the day you chose."),
            do=services.snooze,
            form=SnoozeForm,
            offered=is_open,
        ),
        act(
            "done",
            label=_("Done"),
            question=_("Mark this deadline as done? No more reminders are sent."),
            done=_("The deadline is done."),
            do=services.complete,
            form=DoneForm,
            offered=lambda deadline: deadline.is_open and not deadline.closed_at_subject,
        ),
        act(
            "cancel",
            label=_("Cancel the deadline"),
            question=_("Cancel this deadline? It stays in the list of cancelled ones, with your reason."),
            done=_("The deadline is cancelled."),
            do=services.cancel,
            form=ReasonForm,
            offered=is_open,
        ),
        act(
            "reopen",
            label=_("Reopen"),
            question=_("Open this deadline again? Reminders that are still to come are sent."),
            done=_("The deadline is open again."),
            do=services.reopen,
            form=ReasonForm,
            offered=lambda deadline: not deadline.is_open,
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user).select_related("kind", "owner")

    def has_delete_permission(self, request, obj=None):
        return False  # cancelled ones stay, with their reason

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or bool(may_change(request.user, obj)))

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        if not obj.closed_at_subject:
            return self.fieldsets
        (first, head), *rest = self.fieldsets
        return [(first, {"fields": [*head["fields"], "where_done"]}), *rest]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        return [*self.readonly_fields, "title"] if obj.kind.confidential else self.readonly_fields

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "owner":  # a plain list: who may own a deadline need not be allowed to read people's rows
            kwargs["queryset"] = get_user_model().objects.filter(is_staff=True, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = OpenForm
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request, obj, form, change):
        if change:
            obj.save(update_fields=[*form.changed_data, "updated_at"])
            return
        obj.pk = form.open(by=request.user).pk
        obj.refresh_from_db()

    @admin.display(description=_("due on"), ordering="due_on")
    def due(self, obj):
        return self.with_mark(date_format(obj.due_on), obj, year=obj.due_on.year)

    @admin.display(description=_("how long"), ordering="due_on")
    def lateness(self, obj):
        return lateness(obj.due_on, on=today()) if obj.is_open else "–"

    @admin.display(description=_("state"), ordering="state")
    def state_in_words(self, obj):
        return format_html("{} {}", SHAPES[obj.state], obj.get_state_display())

    @admin.display(description=_("due on"))
    def due_in_words(self, obj):
        words = in_words(obj.due_on)
        return f"{words} ({lateness(obj.due_on, on=today())})" if obj.is_open else words

    @admin.display(description=_("why this date?"))
    def why_this_date(self, obj):
        return format_html_join("", "<p>{}</p>", ([sentence] for sentence in services.why(obj)))

    @admin.display(description=_("about"))
    def subject(self, obj):
        return link_to_subject(obj, obj.subject_label or obj.subject_url)

    @admin.display(description=_("where it is done"))
    def where_done(self, obj):
        return link_to_subject(obj, obj.closed_by)


def link_to_subject(deadline, words):
    """Only into the portal; elsewhere the label alone."""
    url = deadline.subject_url
    if url.startswith("/") and not url.startswith("//"):
        return format_html('<a href="{}">{}</a>', url, words)
    return deadline.subject_label or "–"


@admin.register(DeadlineKind)
class DeadlineKindAdmin(AuditedAdmin):
    list_display = ["label", "code", "reminder_offsets", "confidential"]
    list_filter = ["confidential"]
    search_fields = ["label", "code"]

    def get_readonly_fields(self, request, obj=None):
        # Titles of deadlines that exist would stay as they are, so a kind is confidential from its first day or never.
        return ["code", "confidential"] if obj else []


@admin.register(Holiday)
class HolidayAdmin(AuditedAdmin):
    list_display = ["on", "name", "calendar", "evidence", "note"]
    list_filter = ["calendar", "evidence"]
    search_fields = ["name"]
    date_hierarchy = "on"
