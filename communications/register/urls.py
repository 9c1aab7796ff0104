from django.urls import path, re_path

from communications.register import figure_views, file_views, views

app_name = "communications"
urlpatterns = [
    path("", views.register, name="list"),
    re_path(r"^export\.(?P<form>csv|json)$", views.export, name="export"),
    path("figures/", figure_views.figures, name="figures"),
    path("figures.csv", figure_views.figures_file, name="figures_file"),
    path("states/", views.states, name="states"),
    path("states/<str:iso3>/", views.state, name="state"),
    path("<str:slug>/", views.detail, name="detail"),
    path("<str:slug>/letter.pdf", file_views.letter, name="letter-pdf"),
    path("<str:slug>/files/<uuid:uuid>/", file_views.file, name="file"),
]
