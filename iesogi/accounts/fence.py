from iesogi.accounts.permissions import may_work_on_communications


class PaidByOhchrMixin:
    """Staff pages for people paid by OHCHR alone, whatever their role (R13). What stands there is never deleted."""

    def has_module_permission(self, request):
        return self._inside(request) and super().has_module_permission(request)

    def has_view_permission(self, request, obj=None):
        return self._inside(request) and super().has_view_permission(request, obj)

    def has_add_permission(self, request):
        return self._inside(request) and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        return self._inside(request) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def _inside(self, request):
        return bool(may_work_on_communications(request.user))
