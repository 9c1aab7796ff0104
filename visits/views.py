"""Visits for everybody: carried out, announced, and the States that may be next. Never a request (para 23)."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from visits.balance import by_group, progress, promotional_variance
from visits.models import Candidate, Visit

PER_PAGE = 10


def _public():
    related = ("country", "region_tag", "presented_at", "presented_by", "holder")
    return Visit.objects.public().select_related(*related)


@login_not_required
@require_safe
def visit_list(request):
    latest = Candidate.objects.order_by("-period_start").first()
    done = _public().done().order_by(F("starts_on").desc(nulls_last=True), "pk")
    context = {
        "page": Paginator(done, PER_PAGE).get_page(request.GET.get("page")),
        "announced": _public().announced().order_by(F("starts_on").asc(nulls_last=True), "pk"),
        "variance": promotional_variance(),
        "period": latest,
    }
    if latest:
        start, end = latest.period_start, latest.period_end
        context |= {
            "candidates": Candidate.objects.of_period(start).select_related("country", "visit"),
            "progress": progress(start, end),
            "groups": by_group(start, end),
        }
    return render(request, "visits/visit_list.html", context)


@login_not_required
@require_safe
def visit_detail(request, pk):
    visit = get_object_or_404(_public(), pk=pk)
    # Plans without an author come from data files, that is from public pages; what staff plan stays inside.
    return render(request, "visits/visit_detail.html", {"visit": visit, "plans": visit.plans.filter(by=None)})
