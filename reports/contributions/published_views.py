"""What senders let everybody read, by category. Files leave as downloads, never inline."""

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from iesogi.vault import files
from reports.calls.enums import Category
from reports.calls.views import public_call
from reports.contributions.models import PublishedFile

PER_PAGE = 25
PIECE = 64 * 1024


@login_not_required
@require_safe
def contributions(request, code):
    call = public_call(code)
    rows = call.contributions.published().by_category().for_the_public()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    groups = {}
    for row in page:
        groups.setdefault(Category(row.category), []).append(row)
    context = {"call": call, "groups": [(category.label, found) for category, found in groups.items()], "page": page}
    return render(request, "reports/calls/published.html", context)


@login_not_required
@require_safe
def file(request, code, pk):
    """The cleaned copy. What is taken down does not exist any more."""
    rows = PublishedFile.objects.filter(contribution__published_at__isnull=False, contribution__call__code=code)
    found = get_object_or_404(rows, pk=pk)
    try:
        stored = default_storage.open(found.stored)
    except FileNotFoundError as error:
        raise Http404 from error
    response = files.response(_pieces(stored), found.name)
    response["Content-Length"] = found.size
    return response


def _pieces(stored):
    with stored:
        yield from stored.chunks(PIECE)
