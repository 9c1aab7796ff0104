from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from iesogi.documents.responses import pdf_response
from reports.findings.booklet import published
from reports.models import Report


@login_not_required
@require_safe
def booklet_pdf(request, pk, language):
    """The newest published booklet of a report in one language; what is not published does not exist here."""
    document = published(get_object_or_404(Report, pk=pk)).get(language)
    if document is None:
        raise Http404
    return pdf_response(request, document)
