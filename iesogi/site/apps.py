from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "iesogi.site"
    verbose_name = _("Portal")

    def ready(self):
        from iesogi.site import checks

        checks.register_all()


class PortalAdminConfig(AdminConfig):
    default_site = "iesogi.site.admin.PortalAdminSite"
