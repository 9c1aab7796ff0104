"""Visits for everybody: carried out, announced, and the States that may be next. Never a request (para 23)."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from visits import pictures
from visits.balance import funding_shares, outcomes, progress, promotional_variance
from visits.models import Candidate, Visit
from visits.public import programme_of

PER_PAGE = 10


def _public():
    related = ("country", "region_tag", "presented_at", "presented_by", "holder")
    return Visit.objects.public().select_related(*related)


@login_not_required
@require_safe
def visit_list(request):
    latest = Candidate.objects.order_by("-period_start").first()
    done = _public().done().order_by(F("starts_on").desc(nulls_last=True), "pk")
    candidates = []
    context = {
        "page": Paginator(done, PER_PAGE).get_page(request.GET.get("page")),
        "announced": _public().announced().order_by(F("starts_on").asc(nulls_last=True), "pk"),
        "variance": promotional_variance(),
        "shares": funding_shares(public=True),
        "period": latest,
    }
    if latest:
        start, end = latest.period_start, latest.period_end
        candidates = list(Candidate.objects.of_period(start).select_related("country", "visit"))
        context |= {"outcomes": outcomes(start, end), "progress": progress(start, end)}
    visits = pictures.country_visits()
    if visits or candidates:
        drawn = [pictures.world(visits, candidates), pictures.timeline(visits), pictures.balance(visits, candidates)]
        context["pictures"] = [picture for picture in drawn if picture]
    return render(request, "visits/visit_list.html", context)


@login_not_required
@require_safe
def visit_detail(request, pk):
    visit = get_object_or_404(_public(), pk=pk)
    context = {
        "visit": visit,
        # Plans without an author come from data files, that is from public pages; what staff plan stays inside.
        "plans": visit.plans.filter(by=None),
        "programme": programme_of(visit),
        "recommendations": visit.recommendations.public().count() if visit.makes_findings else 0,
        "practices": visit.good_practices.filter(is_public=True),
        "coverage": visit.coverage.all(),
    }
    return render(request, "visits/visit_detail.html", context)
