"""Every change made in the admin goes into the chain; the chain itself can only be read."""

from django.contrib import admin

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


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "verb", "target_label"]
    list_filter = ["verb", "at"]
    list_select_related = ["by"]
    search_fields = ["target_label", "verb"]
    show_full_result_count = False
