"""Templates and norms of letters, for staff to word anew."""

from django.contrib import admin

from communications.models import LetterTemplate, Norm
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.audit.admin import AuditedAdmin


class _Inside(AuditedAdmin):
    """For people paid by OHCHR alone, like the letters that are made of it (R13)."""

    def has_module_permission(self, request):
        return bool(may_work_on_communications(request.user)) and super().has_module_permission(request)

    def has_view_permission(self, request, obj=None):
        return bool(may_work_on_communications(request.user)) and super().has_view_permission(request, obj)

    def has_add_permission(self, request):
        return bool(may_work_on_communications(request.user)) and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        return bool(may_work_on_communications(request.user)) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(LetterTemplate)
class LetterTemplateAdmin(_Inside):
    list_display = ["kind", "language"]
    list_filter = ["kind", "language"]
    search_fields = ["body"]


@admin.register(Norm)
class NormAdmin(_Inside):
    list_display = ["instrument", "provision", "is_binding", "in_use", "source"]
    list_filter = ["is_binding", "in_use"]
    search_fields = ["instrument", "provision", "text_en"]
