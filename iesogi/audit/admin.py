"""Every change made in the admin goes into the chain; the chain itself can only be read."""

from django.contrib import admin
from django.core.exceptions import ValidationError

from iesogi.audit import services
from iesogi.audit.models import Entry


class AuditedAdmin(admin.ModelAdmin):
    """Base of every ModelAdmin of this project: Django's admin log is written, and the audit chain with it."""

    list_per_page = 50
    # Rows are deleted one at a time, each with its own question and its own entry, never a page of them at once.
    actions = None

    def audit_label(self, obj):
        """What the chain calls the row; empty for its own name. Override where that name says too much."""
        return ""

    def get_changeform_initial_data(self, request):
        """What an address asks for in a form; a row that does not exist is left out, where Django would fail on it."""
        given = super().get_changeform_initial_data(request)
        return {name: value for name, value in given.items() if self._can_be_chosen(name, value)}

    def _can_be_chosen(self, name, value):
        field = next((field for field in self.opts.get_fields() if field.name == name and field.many_to_one), None)
        if field is None:
            return True
        try:
            return field.related_model._default_manager.filter(**{field.target_field.name: value}).exists()
        except (TypeError, ValueError, ValidationError):
            return False

    def log_addition(self, request, obj, message):
        services.record(by=request.user, verb=f"{obj._meta.model_name}.added", target=obj, label=self.audit_label(obj))
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        services.record(
            by=request.user,
            verb=f"{obj._meta.model_name}.changed",
            target=obj,
            label=self.audit_label(obj),
            changes=message,
        )
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            services.record(
                by=request.user, verb=f"{obj._meta.model_name}.deleted", target=obj, label=self.audit_label(obj)
            )
        return super().log_deletions(request, queryset)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only the system writes: to be looked at, never typed over."""

    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class HistoryInline(admin.TabularInline):
    """Rows that only services write, below the row they belong to."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "verb", "target_label"]
    list_filter = ["verb", "at"]
    list_select_related = ["by"]
    search_fields = ["target_label", "verb"]
    show_full_result_count = False
