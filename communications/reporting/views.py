"""Figures, files and the report of a session, for staff. What names a letter asks for the right to read letters."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communications.desk.gates import page
from communications.desk.permissions import may_see_figures
from communications.models import Letter, Publication
from communications.permissions import may_take_steps
from communications.publication.windows import last_closed, window_of
from communications.reporting import exports, report, statistics
from communications.reprisals import figures as reprisals
from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from iesogi.documents.spreadsheets import XLSX

FIRST_SESSION, LAST_SESSION = 18, 500


class SessionForm(forms.Form):
    session = forms.IntegerField(
        label=gettext_lazy("Session of the Council"), min_value=FIRST_SESSION, max_value=LAST_SESSION
    )


def _asked_year(request) -> int | None:
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and len(text) == 4 else None


def _tables(request):
    """Whole for who works on letters; with small cells suppressed for everybody else (R28)."""
    decision = may_see_figures(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
    whole = bool(may_take_steps(request.user))
    year = _asked_year(request)
    tables = statistics.figures(statistics.letters_of(year), whole=whole).tables
    if year:
        return [*tables, reprisals.of_year(year, whole=whole)]
    return [*tables, statistics.by_year(whole=whole)]


@require_safe
def figures(request):
    whole = bool(may_take_steps(request.user))
    context = {
        "tables": _tables(request),
        "is_whole": whole,
        "least": statistics.least(),
        "years": statistics.years(),
        "year": _asked_year(request),
        "form": SessionForm(initial={"session": last_closed(on=today()).session}),
    }
    return page(request, "communications/reporting/figures.html", _("Letters in figures"), **context)


@require_safe
def figures_file(request, form):
    tables = _tables(request)
    if form == "xlsx":
        response = HttpResponse(exports.figures_xlsx(tables), content_type=XLSX)
    else:
        response = StreamingHttpResponse(exports.figures_csv(tables), content_type="text/csv; charset=utf-8")
    return _attached(response, f"letters-in-figures.{form}")


@require_safe
def register_file(request, form):
    """The whole register of the desk; who took it stands in the audit."""
    _require_letters(request)
    letters = Letter.objects.visible_to(request.user)
    if form == "xlsx" and letters.count() > exports.SHEET_ROWS:
        raise Http404(_("The register is too long for a sheet. Take the CSV."))
    audit.record(by=request.user, verb="register.exported", target=request.user, label=form)
    if form == "xlsx":
        return _attached(HttpResponse(exports.register_xlsx(letters), content_type=XLSX), "register.xlsx")
    lines = exports.register_csv(letters)
    return _attached(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), "register.csv")


@require_safe
def session_report(request):
    """The PDF of one session, made here and now and kept nowhere."""
    _require_letters(request)
    form = SessionForm(request.GET)
    if not form.is_valid():
        return redirect("admin:communications_publication_figures")
    session = form.cleaned_data["session"]
    content = report.pdf(session, language=get_language())
    first = Publication.objects.of_session(session).first()
    audit.record(by=request.user, verb="report.made", target=first or request.user, label=f"report {session}")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Language"] = get_language()
    return _attached(response, f"communications-report-{window_of(session).session}.pdf")


def _require_letters(request):
    decision = may_take_steps(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)


def _attached(response, name):
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
