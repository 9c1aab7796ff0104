"""Under /admin/research/, each an admin view."""

from django.contrib import admin
from django.urls import path

from iesogi.site.research import dissemination, views

app_name = "research"
urlpatterns = [
    path("", admin.site.admin_view(views.calendar), name="calendar"),
    path("reports/<int:pk>/dissemination/", admin.site.admin_view(dissemination.page), name="dissemination"),
    path("calendar.ics", admin.site.admin_view(views.feed), name="feed"),
]
