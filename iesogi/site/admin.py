"""The staff site: one login for all, the mandate's own order, and a start page that says what is due."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

# Apps as the mandate's people think of them; those that share a name stand together.
GROUPS = [
    ("reports", gettext_lazy("Research")),
    ("visits", gettext_lazy("Visits")),
    ("communications", gettext_lazy("Communications")),
    ("safety", gettext_lazy("Safety")),
    ("dissemination", gettext_lazy("Dissemination")),
    ("programme", gettext_lazy("Work programme")),
    ("deadlines", gettext_lazy("Deadlines")),
    ("outbox", gettext_lazy("Outbox")),
    ("documents", gettext_lazy("Documents")),
    ("reference", gettext_lazy("Reference")),
    ("accounts", gettext_lazy("People")),
    ("auth", gettext_lazy("People")),
    ("audit", gettext_lazy("Audit")),
]
NAMES = dict(GROUPS)
PLACE = {label: place for place, label in enumerate(NAMES)}


class PortalAdminSite(admin.AdminSite):
    site_header = gettext_lazy("Independent Expert on SOGI: staff")
    site_title = gettext_lazy("Independent Expert on SOGI: staff")
    index_title = gettext_lazy("Today")
    index_template = "admin/index.html"
    empty_value_display = "–"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Libraries put their tables into every admin; changes made there would pass the audit trail by."""
        if _leaves_a_trail(admin_class):
            super().register(model_or_iterable, admin_class, **options)

    # One door: a login of the admin's own would ask for no second factor.

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        start = reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or start)
        if not self.has_permission(request):
            raise PermissionDenied(_("Your account is not one of staff. Ask an administrator if it should be."))
        return redirect(start)

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    # The order of the house

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        groups = {}
        for app in sorted(apps, key=lambda app: PLACE.get(app["app_label"], len(PLACE))):
            name = str(NAMES.get(app["app_label"], app["name"]))
            if name in groups:
                groups[name]["models"] += app["models"]
            else:
                groups[name] = {**app, "name": name}
        return list(groups.values())

    def index(self, request, extra_context=None):
        # Imported late: the admin site is made before the models of the rooms are there.
        from iesogi.site.dashboard import dashboard

        return super().index(request, {"dashboard": dashboard(request.user), **(extra_context or {})})


def _leaves_a_trail(admin_class):
    return admin_class is not None and any(base.__module__ == "iesogi.audit.admin" for base in admin_class.__mro__)
