"""Documents are looked at, downloaded, tried again and published here; never typed over and never deleted."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import ReadOnlyAdmin
from iesogi.documents import services
from iesogi.documents.enums import State
from iesogi.documents.exceptions import DocumentError
from iesogi.documents.models import Document
from iesogi.documents.permissions import may_read, may_request
from iesogi.documents.responses import pdf_response

# Seconds after which the page of a document in the making is loaded again; no script is needed.
REFRESH = 3
SHAPES = {State.QUEUED: "◇", State.RENDERING: "△", State.READY: "●", State.FAILED: "■"}

act = partial(Act, may=may_request, refusals=(DocumentError,))


@admin.register(Document)
class DocumentAdmin(ActsMixin, ReadOnlyAdmin):
    list_display = [
        "title",
        "language",
        "version",
        "as_of",
        "state_in_words",
        "requested_by",
        "requested_at",
        "file_link",
    ]
    list_filter = ["state", "kind", "language", ("published_at", admin.EmptyFieldListFilter), "requested_at"]
    list_select_related = ["requested_by"]
    list_per_page = 50
    search_fields = ["title", "kind", "snapshot_sha256", "file_sha256"]
    show_full_result_count = False
    fields = [
        "title",
        "state_in_words",
        "file_link",
        "kind",
        "language",
        "version",
        "as_of",
        "snapshot_sha256",
        "file_sha256",
        "size",
        "pages",
        "requested_by",
        "requested_at",
        "done_at",
        "published_at",
        "attempts",
        "template",
    ]
    readonly_fields = fields
    change_form_template = "admin/documents/document/change_form.html"
    acts = [
        act(
            "try-again",
            label=_("Try again"),
            question=_("Make this document again, from the data it was asked for?"),
            done=_("The document is queued again. This page shows how it gets on."),
            do=services.try_again,
            offered=lambda document: document.state == State.FAILED,
        ),
        act(
            "publish",
            label=_("Publish"),
            question=_("Publish this edition? From then on the public may read it, and that cannot be taken back."),
            done=_("The edition is published."),
            do=services.publish,
            offered=lambda document: document.state == State.READY and document.published_at is None,
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).light()

    @admin.display(description=_("state"), ordering="state")
    def state_in_words(self, obj):
        shape, label = SHAPES[obj.state], obj.get_state_display()
        if obj.state == State.FAILED:
            return format_html("{} {}: {}", shape, label, obj.error)
        if obj.state == State.QUEUED and obj.error:
            return format_html("{} {}: {} {}", shape, label, _("waiting to try again after"), obj.error)
        return format_html("{} {}", shape, label)

    @admin.display(description=_("file"))
    def file_link(self, obj):
        if obj.state != State.READY:
            return "–"
        url = reverse("admin:documents_document_download", args=[obj.pk])
        return format_html('<a href="{}">{}</a>', url, _("Download the PDF"))

    def get_urls(self):
        view = self.admin_site.admin_view(self.download)
        return [path("<path:object_id>/download/", view, name="documents_document_download"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        document = self.get_object(request, object_id)
        refresh = REFRESH if document is not None and document.is_moving else None
        context = {"refresh": refresh, **(extra_context or {})}
        response = super().change_view(request, object_id, form_url, context)
        if refresh:
            response["Refresh"] = str(refresh)
        return response

    def download(self, request, object_id):
        document = self.get_object(request, object_id)
        if document is None:
            raise Http404
        return download(request, document)


@require_safe
def download(request, document):
    """The file behind a permission. Reading is not recorded: documents hold public or manager data only (R23)."""
    decision = may_read(request.user, document)
    if not decision:
        raise PermissionDenied(decision.reason)
    if document.state != State.READY:
        raise Http404
    return pdf_response(request, document, attachment=True)
