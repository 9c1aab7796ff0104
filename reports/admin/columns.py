"""What pages of several kinds of rows show alike."""

from django.contrib import admin

from iesogi.deadlines.exceptions import ClockRefused, DeadlineRefused
from reports.exceptions import StepRefused

REFUSALS = (StepRefused, ClockRefused, DeadlineRefused)


class ReadOnlyInline(admin.TabularInline):
    """Rows that only services write."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False
