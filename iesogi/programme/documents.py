"""The work programme as a PDF: asked for by staff, given out to the public."""

from datetime import date

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iesogi.audit.acts import Act
from iesogi.documents import services as documents
from iesogi.documents.enums import State
from iesogi.documents.exceptions import DocumentError
from iesogi.documents.models import Document
from iesogi.documents.permissions import may_request
from iesogi.documents.responses import pdf_response
from iesogi.programme.models import WorkProgramme
from iesogi.programme.snapshot import snapshot

KIND = "work-programme"
TEMPLATE = "pdf/programme/work_programme.html"
REMEMBERED_SECONDS = 30


def edition(programme: WorkProgramme, *, as_of: date, language: str) -> dict:
    """What `request` and `obtain` of the documents room want to know about one edition."""
    with translation.override(language):
        return {
            "kind": KIND,
            "title": _("%(label)s of the mandate") % {"label": programme.label},
            "template": TEMPLATE,
            "snapshot": snapshot(programme, as_of=as_of),
            "language": language,
            "as_of": as_of,
        }


def working_copy(programme: WorkProgramme, *, as_of: date, language: str) -> bytes:
    """The PDF of these data, stored nowhere."""
    return documents.working_copy(
        **{name: value for name, value in edition(programme, as_of=as_of, language=language).items() if name != "kind"}
    )


def ask_for(programme: WorkProgramme, *, as_of: date, language: str, by) -> Document:
    """Queue a new edition for staff."""
    return documents.request(**edition(programme, as_of=as_of, language=language), by=by)


class EditionForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    as_of = forms.DateField(
        label=gettext_lazy("Data as of"),
        initial=timezone.localdate,
        help_text=gettext_lazy("Records up to this day are counted, for example 2022-06-30."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_as_of(self):
        as_of = self.cleaned_data["as_of"]
        if as_of > timezone.localdate():
            raise forms.ValidationError(_("Data of a day to come are not there yet. Choose today or an earlier day."))
        return as_of


# The button on the page of a work programme in the admin.
GENERATE = Act(
    "generate-pdf",
    label=gettext_lazy("Generate PDF"),
    question=gettext_lazy("Make a new edition of this work programme as a PDF?"),
    done=gettext_lazy("The PDF is queued. This page shows how it gets on, and holds it when it is ready."),
    may=lambda user, programme: may_request(user),
    do=ask_for,
    form=EditionForm,
    refusals=(DocumentError,),
    then=lambda document: reverse("admin:documents_document_change", args=[document.pk]),
)


@login_not_required
@require_safe
def work_programme_pdf(request):
    """The published edition of the data as they stand, or stood within the last half minute.

    Collecting the data costs some hundred queries and making the PDF some seconds, and anybody may ask; so the answer
    is remembered for a moment, and each state of the data is made once, by one process.
    """
    today, language = timezone.localdate(), get_language()
    editions = Document.objects.filter(kind=KIND, language=language).light()
    key = f"{KIND}-{language}"
    document = editions.published().filter(pk=cache.get(key)).first()
    if document is None:
        programme = WorkProgramme.objects.current(on=today).select_related("holder").first()
        if programme is None:
            return render(request, "programme/empty.html", status=404)
        document = documents.obtain(**edition(programme, as_of=today, language=language))
        if document is None:
            return _the_one_before(request, editions)
        cache.set(key, document.pk, REMEMBERED_SECONDS)
    return pdf_response(request, document)


def _the_one_before(request, editions) -> HttpResponse:
    """Another process is making the new edition, or could not: readers get the last one, or a page that says so."""
    if before := editions.published().newest():
        return pdf_response(request, before)
    failed = editions.newest().state == State.FAILED
    response = render(request, "programme/pdf_not_ready.html", {"failed": failed}, status=503)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = "3600" if failed else "10"
    if not failed:
        response["Refresh"] = "10"
    return response
