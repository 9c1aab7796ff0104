"""The return page; no address holds an id."""

from django.urls import path

from communications.thread import views

app_name = "thread"
urlpatterns = [
    path("", views.pages.door, name="door"),
    path("thread/", views.pages.page, name="page"),
    path("thread/add/", views.add, name="add"),
    path("thread/consent/", views.consent, name="consent"),
    path("thread/withdraw/", views.withdraw, name="withdraw"),
    path("thread/reprisal/", views.reprisal, name="reprisal"),
    path("thread/close/", views.pages.close, name="close"),
]
