"""What every staff list of this app has in common: looked at by people paid by OHCHR alone, and never deleted."""

from iesogi.accounts.permissions import may_work_on_communications


class FencedMixin:
    show_full_result_count = False

    def has_module_permission(self, request):
        return bool(may_work_on_communications(request.user)) and super().has_module_permission(request)

    def has_view_permission(self, request, obj=None):
        return bool(may_work_on_communications(request.user)) and super().has_view_permission(request, obj)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)
