"""Calls for everybody: what is asked, by when, and what came in."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.calls import closing
from reports.calls.enums import Standing
from reports.calls.figures import printed
from reports.calls.models import Call
from reports.contributions import unfinished

PER_PAGE = 20


def public_call(code, *more, among=None):
    """With what every page of a call asks for; `more` is what else a page shows."""
    calls = (Call.objects.public() if among is None else among).prefetch_related("questions", "deadlines", *more)
    return get_object_or_404(calls, code=code)


@login_not_required
@require_safe
def call_list(request):
    now = timezone.now()
    found = Call.objects.public().with_texts().prefetch_related("deadlines").newest_first()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(call, closing.standing(call, now=now), closing.times(call)) for call in page]
    return render(request, "reports/calls/list.html", {"rows": rows, "page": page})


@login_not_required
@require_safe
def call_detail(request, code):
    call = public_call(code, "figures", "texts", "report")
    context = {
        "call": call,
        "questions": list(call.questions.all()),
        "standing": closing.standing(call, now=timezone.now()),
        "Standing": Standing,
        "times": closing.times(call),
        "printed": printed(call),
        "last_day": unfinished.last_day(call),
        "published": call.contributions.published().count(),
    }
    return render(request, "reports/calls/detail.html", context)
