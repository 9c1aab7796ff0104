from django.urls import path, re_path

from reports import views
from reports.findings.views import booklet_pdf

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("<int:pk>/", views.report_detail, name="detail"),
    path("<int:pk>/booklet-<str:language>.pdf", booklet_pdf, name="booklet"),
    # A/HRC/47/27 stands in the address as a-hrc-47-27.
    re_path(r"^(?P<symbol>a-[a-z0-9.-]{3,38})/$", views.report_by_symbol, name="detail-by-symbol"),
]
