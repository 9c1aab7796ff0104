"""Columns of rows that have a deadline, the same wherever staff read them."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iesogi.deadlines import services as deadlines
from iesogi.deadlines.clock import in_words
from iesogi.deadlines.days import lateness, today


def due_in_words(deadline):
    words = in_words(deadline.due_on)
    return f"{words} ({lateness(deadline.due_on, on=today())})" if deadline.is_open else words


def why_this_date(deadline):
    """Folded, so that the list of milestones stays a list."""
    sentences = format_html_join("", "<p>{}</p>", ([sentence] for sentence in deadlines.why(deadline)))
    return format_html("<details><summary>{}</summary>{}</details>", _("Why this date?"), sentences)


class DeadlineRows:
    """Rows with a deadline that are planned elsewhere: looked at and ticked off here, never added or deleted."""

    list_per_page = 25
    show_full_result_count = False
    date_hierarchy = "deadline__due_on"
    ordering = ["deadline__due_on", "pk"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("due on"), ordering="deadline__due_on")
    def due(self, row):
        return row.deadline.due_on

    @admin.display(description=gettext_lazy("due on"))
    def due_in_words(self, row):
        return due_in_words(row.deadline)

    @admin.display(description=gettext_lazy("how long"))
    def how_long(self, row):
        return lateness(row.deadline.due_on, on=today()) if row.deadline.is_open else "–"

    @admin.display(description=gettext_lazy("state"), ordering="deadline__state")
    def state(self, row):
        return row.deadline.get_state_display()

    @admin.display(description=gettext_lazy("why this date?"))
    def why(self, row):
        return why_this_date(row.deadline)
