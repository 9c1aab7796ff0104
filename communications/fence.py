"""The fence around the rows of this app and their staff pages (R13), and the trace that whoever reads a row leaves."""

from django.db import models

from iesogi.accounts.fence import PaidByOhchrMixin
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.audit import services as audit


class FencedQuerySet(models.QuerySet):
    def visible_to(self, user) -> models.QuerySet:
        """Only people paid by OHCHR see any of these rows (R1, R13)."""
        return self.all() if may_work_on_communications(user) else self.none()


class FencedMixin(PaidByOhchrMixin):
    """Rows that only acts write."""

    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)


class ReadingMixin:
    """Whoever opens the page of a row leaves a trace of it."""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        response = super().change_view(request, object_id, form_url, extra_context)
        row = getattr(response, "context_data", None) and response.context_data.get("original")
        if request.method == "GET" and row:
            verb = f"{self.opts.model_name}.read"
            audit.record(by=request.user, verb=verb, target=row, label=self.audit_label(row))
        return response
