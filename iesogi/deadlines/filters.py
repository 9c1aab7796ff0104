"""Filters of the staff list. The list opens on what is open; everything else is one explicit click away."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iesogi.audit.filters import OpensNarrowFilter
from iesogi.deadlines.days import today
from iesogi.deadlines.enums import State


class StateFilter(OpensNarrowFilter):
    title = _("state")
    parameter_name = "state"
    opens_on = State.OPEN.label

    def lookups(self, request, model_admin):
        return [
            (State.DONE.value, State.DONE.label),
            (State.CANCELLED.value, State.CANCELLED.label),
            ("all", _("All")),
        ]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset.open()
        return queryset.filter(state=self.value()) if self.value() in State.values else queryset


class DueFilter(admin.SimpleListFilter):
    title = _("due")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("overdue", _("Overdue")), ("7", _("In the next 7 days")), ("30", _("In the next 30 days"))]

    def queryset(self, request, queryset):
        if self.value() == "overdue":
            return queryset.overdue(on=today())
        return queryset.due_within(int(self.value()), on=today()) if self.value() in {"7", "30"} else queryset


class WhoseFilter(admin.SimpleListFilter):
    title = _("owner")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", _("Mine")), ("desk", _("The desk's: no owner"))]

    def queryset(self, request, queryset):
        if self.value() == "mine":
            return queryset.filter(owner=request.user)
        return queryset.filter(owner=None) if self.value() == "desk" else queryset
