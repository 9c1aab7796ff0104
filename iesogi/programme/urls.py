from django.urls import path

from iesogi.programme import documents, views

app_name = "programme"
urlpatterns = [
    path("", views.detail, name="detail"),
    path("work-programme.pdf", documents.work_programme_pdf, name="pdf"),
]
