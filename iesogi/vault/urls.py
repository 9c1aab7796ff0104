"""Pages of staff about their own vault and about the channels; under /admin/, each an admin view."""

from django.contrib import admin
from django.urls import path

from iesogi.vault import channel_views, views

app_name = "vault"


def page(route, view, name):
    return path(route, admin.site.admin_view(view), name=name)


urlpatterns = [
    page("", views.home, "home"),
    page("choose/", views.choose, "choose"),
    page("unlock/", views.unlock, "unlock"),
    page("lock/", views.lock, "lock"),
    page("lost/", views.lost, "lost"),
    page("channels/", channel_views.channels, "channels"),
    page("channels/<slug:slug>/admit/<int:pk>/", channel_views.admit, "admit"),
    page("channels/<slug:slug>/remove/<int:pk>/", channel_views.remove, "remove"),
    page("channels/<slug:slug>/rotate/", channel_views.rotate, "rotate"),
    page("close/<int:pk>/", channel_views.close, "close"),
]
