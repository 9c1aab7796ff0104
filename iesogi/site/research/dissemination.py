"""The dissemination page of a report, where research and dissemination meet (WP 2021-2023 para 19c)."""

from functools import partial

from django.contrib import admin
from django.views.decorators.http import require_safe

from dissemination.of_report import listings
from reports.models import Report


@require_safe
def page(request, pk):
    report_admin = admin.site.get_model_admin(Report)
    return report_admin.show(request, pk, "dissemination", listings=partial(listings, user=request.user))
