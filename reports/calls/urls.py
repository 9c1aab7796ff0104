"""Calls for inputs; no address holds the number of a contribution."""

from django.urls import path

from reports.calls import feeds, views
from reports.contributions import published_views as published
from reports.contributions import thread_views as thread
from reports.contributions import unfinished_views as unfinished
from reports.contributions import views as contributions

app_name = "calls"
urlpatterns = [
    path("", views.call_list, name="list"),
    path("feed.atom", feeds.atom, name="atom"),
    path("calendar.ics", feeds.calendar, name="calendar"),
    path("return/", thread.pages.door, name="door"),
    path("return/page/", thread.pages.page, name="page"),
    path("return/page/add/", thread.add, name="add"),
    path("return/page/restrict/", thread.restrict, name="restrict"),
    path("return/page/withdraw/", thread.withdraw, name="withdraw"),
    path("return/page/close/", thread.pages.close, name="close"),
    path("return/unfinished/", unfinished.go_on, name="go-on"),
    path("return/unfinished/text/", unfinished.text, name="text"),
    path("return/unfinished/file/", unfinished.file, name="kept-file"),
    path("return/unfinished/delete/", unfinished.delete, name="delete"),
    path("<slug:code>/", views.call_detail, name="detail"),
    path("<slug:code>/contribute/", contributions.contribute, name="contribute"),
    path("<slug:code>/received/", contributions.confirm, name="confirm"),
    path("<slug:code>/saved/", unfinished.confirm, name="saved"),
    path("<slug:code>/form.docx", contributions.word_form_file, name="word-form"),
    path("<slug:code>/form/", contributions.word_upload, name="word-upload"),
    path("<slug:code>/contributions/", published.contributions, name="published"),
    path("<slug:code>/files/<uuid:pk>/", published.file, name="file"),
]
