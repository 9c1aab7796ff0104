from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from iesogi.programme.models import WorkProgramme
from iesogi.programme.page import chapters
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
    }
    return render(request, "programme/detail.html", context)
