"""Over all cases: search, figures, and a report that came by mail."""

import csv

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communications.desk import entering, figures, forms, search
from communications.desk.gates import case_url, page, role_gate
from communications.desk.permissions import may_list_cases, may_see_figures
from communications.exceptions import StepRefused
from iesogi.deadlines.days import today
from iesogi.vault.exceptions import VaultRefused


@role_gate
def find(request, *, unlocked):
    """By POST, so that the words stand in no address, no history and no log."""
    form, found = forms.SearchForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            found = search.search(form.cleaned_data["words"], unlocked=unlocked)
        except StepRefused as refusal:
            form.add_error("words", str(refusal))
    return page(request, "communications/desk/search.html", _("Search in open cases"), form=form, found=found)


@role_gate
def enter(request, *, unlocked):
    form = forms.EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = entering.enter(form.cleaned_data, by=unlocked.user)
        except (StepRefused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The report is sealed. It has no number, so its source cannot come back here.")
            )
            return redirect(case_url(case))
    return page(request, "communications/desk/enter.html", _("Enter a report that came by mail"), form=form)


def _figures(request):
    """Whole for who works on the cases; with small cells suppressed for everybody else (R28)."""
    decision = may_see_figures(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
    tables = figures.tables(on=today())
    return tables if may_list_cases(request.user) else [figures.suppressed(each) for each in tables]


@require_safe
def funnel(request):
    is_whole = bool(may_list_cases(request.user))
    context = {"tables": _figures(request), "is_whole": is_whole, "least": settings.SMALL_CELL}
    return page(request, "communications/desk/figures.html", _("From report to decision"), **context)


@require_safe
def funnel_csv(request):
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="figures.csv"'
    writer = csv.writer(response)
    for table in _figures(request):
        writer.writerow([table.title, *table.heads])
        writer.writerows([row.label, *row.counts] for row in table.rows)
        writer.writerow([])
    return response
