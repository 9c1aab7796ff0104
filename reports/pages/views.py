"""The pages of a report inside the admin: one address each, opened by whoever may see the report."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from reports.pages.building import page
from reports.pages.sections import BY_CODE, SECTIONS, Section


class PagesMixin:
    """For the admin of reports, beside `ActsMixin`, whose acts stand on the page they belong to."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.page_view)
        return [path("<int:pk>/page/<slug:code>/", view, name="reports_report_page"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {"tabs": self._tabs(object_id), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def page_view(self, request, pk, code):
        if code not in BY_CODE:
            raise Http404
        if BY_CODE[code].route != Section.route:
            return redirect(BY_CODE[code].address(pk))
        return self.show(request, pk, code)

    def show(self, request, pk, code, *, listings=None):
        """The page for whoever may see the report; `listings(report)` is what a room above adds to it."""
        report = self.get_object(request, str(pk))
        if report is None:
            raise Http404
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        found = page(report, code)
        tables = [*found.listings, *(listings(report) if listings else [])]
        found = found._replace(listings=[table.for_user(request.user) for table in tables])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": report,
            "title": str(report),
            "page": found,
            "tabs": self._tabs(report.pk),
            "acts": self._acts(request, report, BY_CODE[code].acts),
            "may_change": self.has_change_permission(request, report),
        }
        return TemplateResponse(request, "reports/pages/page.html", context)

    def _tabs(self, pk):
        if not str(pk).isdigit():
            return []
        return [(each, each.address(pk)) for each in SECTIONS]

    def _acts(self, request, report, names):
        offered = [act for act in self.acts if act.name in names and act.offered(report)]
        return [
            (act.label, reverse(f"admin:{self._act_route(act)}", args=[report.pk]))
            for act in offered
            if act.may(request.user, report)
        ]
