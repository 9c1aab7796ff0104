from django.urls import path, re_path

from visits.recommendations import views

app_name = "recommendations"
urlpatterns = [
    path("", views.tracker, name="list"),
    re_path(r"^export\.(?P<form>csv|json|xlsx)$", views.export, name="export"),
    path("states/", views.states_list, name="states"),
    path("states/<str:iso3>/", views.state, name="state"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/tell/", views.tell, name="tell"),
    path("<int:pk>/told/", views.told, name="told"),
]
