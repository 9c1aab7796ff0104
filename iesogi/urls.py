"""Routes. English has no prefix; every other language stands under its own (/fr/, /es/, /ar/)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("accounts/", include("allauth.urls")),
        prefix_default_language=False,
    ),
]
