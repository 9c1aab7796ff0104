from django.urls import path

from communications.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.submit, name="submit"),
    path("table.csv", views.table_template, name="table"),
]
