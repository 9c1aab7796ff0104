"""Routes. English has no prefix; every other language stands under its own (/fr/, /es/, /ar/)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from iesogi.site import calendar, countries, health, views, way_out

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("about/", views.about, name="about"),
        path("about/protection/", views.protection, name="protection"),
        path("exit/", way_out.leave, name="exit"),
        path("calendar/", calendar.agenda, name="calendar"),
        path("calendar.ics", calendar.feed, name="calendar-feed"),
        path("submit/", include("communications.intake.urls")),
        path("programme/", include("iesogi.programme.urls")),
        path("reports/", include("reports.urls")),
        path("calls/", include("reports.calls.urls")),
        path("visits/", include("visits.urls")),
        path("countries/<slug:iso3>/", countries.page, name="country"),
        path("countries/<slug:iso3>/sheet.pdf", countries.pdf, name="country-sheet"),
        path("recommendations/", include("visits.recommendations.urls")),
        path("communications/", include("communications.register.urls")),
        path("campaigns/", include("dissemination.campaigns.urls")),
        path("newsletter/", include("dissemination.newsletter.urls")),
        path("admin/vault/", include("iesogi.vault.urls")),
        path("admin/research/", include("iesogi.site.research.urls")),
        path("return/", include("communications.thread.urls")),
        path("admin/", admin.site.urls),
        path("accounts/signup/", views.signup_closed, name="account_signup"),
        path("accounts/email/", views.address_closed, name="account_email"),
        path("accounts/", include("allauth.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "iesogi.site.views.bad_request"
handler403 = "iesogi.site.views.forbidden"
handler404 = "iesogi.site.views.not_found"
handler500 = "iesogi.site.views.server_error"
