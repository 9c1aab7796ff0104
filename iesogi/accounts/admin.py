from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from iesogi.accounts.models import User
from iesogi.audit.admin import AuditedAdmin


@admin.register(User)
class PortalUserAdmin(AuditedAdmin, UserAdmin):
    """People of the mandate. What they may do follows from their role; single permissions are not given."""

    list_display = ["username", "first_name", "last_name", "email", "paid_by", "is_active", "last_login"]
    list_filter = ["groups", "paid_by", "is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    filter_horizontal = ["groups"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Role and funding"), {"fields": ["groups", "paid_by", "is_staff", "is_active"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "email", "paid_by", "groups", "is_staff", "password1", "password2"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def has_delete_permission(self, request, obj=None):
        """People who leave are made inactive: what they did stays under their name."""
        return False


@admin.register(Group)
class RoleAdmin(AuditedAdmin, GroupAdmin):
    """Roles are written by `sync_roles`; here they can only be looked at."""
