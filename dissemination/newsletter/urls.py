from django.urls import path

from dissemination.newsletter import views

app_name = "newsletter"
urlpatterns = [
    path("", views.subscribe, name="subscribe"),
    path("asked/", views.asked, name="asked"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("preferences/<str:token>/", views.preferences, name="preferences"),
    path("leave/<str:token>/", views.leave, name="leave"),
    path("archive/", views.archive, name="archive"),
    path("archive/<slug:slug>/", views.issue, name="issue"),
]
