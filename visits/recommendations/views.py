"""The public tracker: what was recommended, how far it went, what shows it, and a way to say what changed.

The form carries no token against forged requests: there is no session to forge for, and a token would set a cookie.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from iesogi.reference.models import Country
from iesogi.vault.gate import address_of
from iesogi.vault.guard import Buckets
from visits.recommendations import exports, services
from visits.recommendations.models import Recommendation, RecommendationAction
from visits.recommendations.progress import by_state, progress
from visits.recommendations.public import TellForm, TrackerFilter

PER_PAGE = 20
# A sheet is made in memory; more rows than this go out as CSV or JSON, which are written as they are read.
SHEET_ROWS = 5000
tries = Buckets(burst=5, per_minute=2)


def _page(request, template, recommendations, **context):
    form = TrackerFilter(request.GET, country=context.get("country"))
    found = form.narrow(recommendations)
    page = Paginator(found.with_relations(), PER_PAGE).get_page(request.GET.get("page"))
    context |= {"form": form, "page": page, "progress": progress(found), "sheet_rows": SHEET_ROWS}
    return render(request, template, context)


@login_not_required
@require_safe
def tracker(request):
    return _page(request, "visits/recommendations/tracker.html", Recommendation.objects.public())


@login_not_required
@require_safe
def states_list(request):
    return render(request, "visits/recommendations/states.html", {"states": by_state()})


@login_not_required
@require_safe
def state(request, iso3):
    country = get_object_or_404(Country, iso3=iso3)
    spoken_to = Recommendation.objects.public().of_state(country)
    if not spoken_to.exists():
        raise Http404
    actions = RecommendationAction.objects.filter(is_public=True, recommendations__in=spoken_to).distinct()
    return _page(request, "visits/recommendations/state.html", spoken_to, country=country, actions=actions)


def _public(pk):
    found = Recommendation.objects.public().select_related("country", "latest", "visit", "report")
    return get_object_or_404(found.prefetch_related("tags"), pk=pk)


@login_not_required
@require_safe
def detail(request, pk):
    recommendation = _public(pk)
    context = {
        "recommendation": recommendation,
        "findings": recommendation.assessments.standing(),
        "actions": recommendation.actions.filter(is_public=True),
    }
    return render(request, "visits/recommendations/detail.html", context)


@login_not_required
@require_safe
def export(request, form):
    found = TrackerFilter(request.GET).narrow(Recommendation.objects.public())
    if form == "xlsx" and found[SHEET_ROWS:].exists():
        return render(request, "visits/recommendations/too_many.html", {"most": SHEET_ROWS}, status=400)
    return exports.response(found, form)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request, pk):
    """Takes what changed. Where it came from is judged in memory, and kept nowhere."""
    recommendation, status = _public(pk), 200
    form = TellForm()
    if request.method == "POST":
        form, status = TellForm(request.POST), 422
        if not tries.allow(address_of(request)):
            form.is_valid()
            form.add_error(
                None,
                _("Many forms came from your network just now. What you typed is kept; send it again in a minute."),
            )
            status = 429
        elif form.is_valid():
            services.tell(recommendation, **form.words())
            return redirect("recommendations:told", pk=pk)
    context = {"recommendation": recommendation, "form": form}
    return render(request, "visits/recommendations/tell.html", context, status=status)


@login_not_required
@require_safe
def told(request, pk):
    return render(request, "visits/recommendations/told.html", {"recommendation": _public(pk)})
