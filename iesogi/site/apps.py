from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "iesogi.site"
    verbose_name = _("Portal")


class PortalAdminConfig(AdminConfig):
    default_site = "iesogi.site.admin.PortalAdminSite"
