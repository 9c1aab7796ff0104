"""The research agenda for everybody: what is planned, what came out, and how the two differ."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Max, Min
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from reports.agenda import agenda, outcomes
from reports.findings.booklet import lines_of, published
from reports.forms import AgendaFilterForm
from reports.models import Report, Theme
from reports.pictures import timeline

PER_PAGE = 10


@login_not_required
@require_safe
def report_list(request):
    """Calendar, plan against outcome, and the list; what cannot be read in the address is said and left out."""
    form = AgendaFilterForm(request.GET)
    asked = form.asked()
    plan = Theme.objects.printed().planned().aggregate(first=Min("year"), last=Max("year"))
    first, last = (asked.year, asked.year) if asked.year else _years()
    reports = Report.objects.matching(asked.words).prefetch_related("themes").order_by("-year", "forum")
    if asked.year:
        reports = reports.filter(year=asked.year)
    slots = agenda(first, last) if first else None
    context = {
        "form": form,
        "asked": asked,
        "agenda": slots,
        "timeline": timeline(slots) if slots else None,
        "planned": agenda(plan["first"], plan["last"]) if plan["first"] else None,
        "outcomes": outcomes(plan["first"], plan["last"]) if plan["first"] else [],
        "page": Paginator(reports, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "reports/report_list.html", context)


def _years():
    """From the first slot that a theme or a report has to the last; None where there is none."""
    spans = [rows.aggregate(first=Min("year"), last=Max("year")) for rows in (Theme.objects, Report.objects)]
    years = [year for span in spans for year in span.values() if year]
    return (min(years), max(years)) if years else (None, None)


def _with_relations():
    return Report.objects.select_related("session", "holder").prefetch_related("themes")


def _detail(report):
    """Findings are public with the report, its booklets once they are published."""
    findings = lines_of(report, (get_language() or "en")[:2]) if report.is_out else []
    return {
        "report": report,
        "parts": findings,
        "booklets": published(report),
        "consultations": report.consultations.public().order_by("starts_on", "pk"),
    }


@login_not_required
@require_safe
def report_detail(request, pk):
    report = get_object_or_404(_with_relations(), pk=pk)
    return render(request, "reports/report_detail.html", _detail(report))


@login_not_required
@require_safe
def report_by_symbol(request, symbol):
    report = get_object_or_404(_with_relations(), symbol__iexact=symbol.replace("-", "/"))
    return render(request, "reports/report_detail.html", _detail(report))
