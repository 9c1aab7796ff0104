from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from iesogi.accounts import services
from iesogi.accounts.models import User
from iesogi.accounts.permissions import may_handle_people
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin, ReadOnlyAdmin


@admin.register(User)
class PortalUserAdmin(ActsMixin, AuditedAdmin, UserAdmin):
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
    acts = [
        Act(
            "remove-second-factor",
            label=_("Remove the second factor"),
            question=_(
                "Remove this person's second factor and recovery codes? Do it only when you have made sure, by voice "
                "or face to face, that the person asked for it. Until a new one is set up, the password opens nothing."
            ),
            done=_("The second factor is removed. At the next login the person sets up a new one."),
            may=may_handle_people,
            do=services.remove_second_factor,
            offered=services.has_second_factor,
        ),
    ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            services.forget_old_addresses(obj)

    def has_delete_permission(self, request, obj=None):
        """People who leave are made inactive: what they did stays under their name."""
        return False


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin, GroupAdmin):
    """Roles are written by `sync_roles`; here they can only be looked at."""
