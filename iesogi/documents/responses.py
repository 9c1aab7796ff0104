"""How a stored file leaves the portal; whoever calls this has asked for permission."""

from django.http import FileResponse, HttpResponse, HttpResponseNotModified
from django.utils.http import quote_etag

from iesogi.documents.models import Document


def pdf_response(request, document: Document, *, attachment: bool = False) -> HttpResponse:
    """The PDF itself under a readable name. An ETag of its SHA-256 spares a second transfer."""
    etag = quote_etag(document.file_sha256)
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=attachment,
        filename=document.download_name,
        content_type="application/pdf",
    )
    response["Content-Language"] = document.language
    response["Content-Length"] = str(document.size)
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    # Shared caches may keep what is published, for a short while: a new state of the data is a new document.
    response["Cache-Control"] = "private, no-store" if document.published_at is None else "public, max-age=60"
    return response
