"""Files of a published letter: its public version as PDF, and what was redacted by hand. They leave as downloads."""

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from communications.models import Rendition
from communications.register import addresses, catalogue, letter_pdf


@login_not_required
@require_safe
def letter(request, slug):
    """The redacted text as PDF/UA, of the letter as it is public now; a browser that has it already is told so."""
    letter = addresses.find(slug)
    if slug != addresses.slug_of(letter):
        return redirect("communications:letter-pdf", addresses.slug_of(letter), permanent=True)
    if catalogue.publication_of(letter) is None:
        raise Http404
    snapshot = letter_pdf.snapshot(letter)
    digest = letter_pdf.digest(snapshot, get_language())
    etag = quote_etag(digest)
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    response = HttpResponse(letter_pdf.remembered(snapshot, digest=digest, language=get_language()))
    response["Content-Language"] = get_language()
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={letter_pdf.REMEMBERED_SECONDS}"
    return as_download(response, f"{slug}.pdf")


@login_not_required
@require_safe
def file(request, slug, uuid):
    """What was redacted by hand, under an address that stays; 404 before it is public, as for one that never was."""
    letter = addresses.find(slug)
    found = get_object_or_404(Rendition.objects.public().under(letter), uuid=uuid)
    if slug != addresses.slug_of(letter):
        return redirect("communications:file", addresses.slug_of(letter), uuid, permanent=True)
    return download(found, f"{slug}-{'reply' if found.reply_id else 'letter'}.pdf")


def download(rendition, name):
    """Never shown in the page, so that no program in it runs, and never taken for anything else than it is."""
    try:
        stored = default_storage.open(rendition.stored)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(stored)
    response["Content-Length"] = rendition.size
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return as_download(response, name)


def as_download(response, name):
    response["Content-Type"] = "application/pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
