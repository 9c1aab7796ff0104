from django.urls import path

from dissemination.campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("", views.campaign_list, name="list"),
    path("confirm/<str:token>/", views.signature_confirm, name="confirm"),
    path("<slug:code>/", views.campaign_detail, name="detail"),
    path("<slug:code>/asked/", views.signature_asked, name="asked"),
]
