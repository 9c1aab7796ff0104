from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from iesogi.programme.enums import ResourceKind
from iesogi.programme.exhibits import tables
from iesogi.programme.models import WorkProgramme
from iesogi.programme.page import chapters
from iesogi.programme.resources import YEAR_STATED, lines, sums
from iesogi.programme.targets import standing


@login_not_required
@require_safe
def detail(request):
    """The work programme as a page: its text with bound figures, its targets and how they stand."""
    today = timezone.localdate()
    programme = WorkProgramme.objects.current(on=today).select_related("holder").first()
    if programme is None:
        return render(request, "programme/empty.html", status=404)
    context = {
        "programme": programme,
        "chapters": chapters(programme),
        "standing": standing(programme, on=today),
        "totals": programme.targets.all().totals(),
        "as_of": min(today, programme.period_end),
        "exhibits": tables(programme),
        "activities": programme.activity_counts.all(),
        "staff": lines(programme, [ResourceKind.STAFF, ResourceKind.CONSULTANCY], year=YEAR_STATED),
        "travel": lines(programme, [ResourceKind.TRAVEL], year=YEAR_STATED),
        "contributions": lines(programme, [ResourceKind.CONTRIBUTION], year=YEAR_STATED),
        "sums": sums(programme),
        "resource_year": YEAR_STATED,
        "contradictions": programme.contradictions.prefetch_related("statements"),
        "footnotes": programme.footnotes.all(),
    }
    return render(request, "programme/detail.html", context)
