"""Published letters in figures: a page and its CSV."""

from django.contrib.auth.decorators import login_not_required
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communications.register.figures import bars, by_year, groups, tables, years
from communications.reporting.exports import figures_csv
from communications.reporting.statistics import least


def _asked_year(request, known: list[int]) -> int | None:
    """A year without a published letter is the same as none: it tells nothing."""
    return next((year for year in known if str(year) == request.GET.get("year")), None)


@login_not_required
@require_safe
def figures(request):
    found = groups()
    known = years(found)
    year = _asked_year(request, known)
    context = {"tables": tables(found, year), "years": known, "year": year, "least": least()}
    context["bars"] = bars(by_year(found))
    return render(request, "communications/register/figures.html", context)


@login_not_required
@require_safe
def figures_file(request):
    found = groups()
    lines = figures_csv(tables(found, _asked_year(request, years(found))))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="communications-figures.csv"'
    return response
