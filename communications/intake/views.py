"""The public form. Every page is the answer to a post and carries, sealed, all that was typed before it."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from communications.intake import turn, victims_csv
from communications.intake.draft import Draft
from communications.intake.receipt import confirm
from iesogi.vault import epochs, tokens
from iesogi.vault.enums import Slug
from iesogi.vault.exceptions import NotOpenYet
from iesogi.vault.uploads import limits


@csrf_exempt  # no right rides on a cookie here, and none is set
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request):
    if request.method != "POST":
        response = guidance(request)
    elif request.POST.get("go") == "confirm":
        response = confirm(request)
    else:
        response = turn.answer(request)
    response["Cache-Control"] = "no-store"
    return response


submit.judges_text = True


def guidance(request):
    """What the procedure is and is not, before anything is typed."""
    draft = ""
    with suppress(NotOpenYet, DatabaseError, ImproperlyConfigured):
        epochs.refuse_unless_open([Slug.CASES, Slug.IDENTITY])
        now = timezone.now()
        draft = Draft(token=tokens.new_token(now=now)).sealed(now=now)
    context = {"draft": draft, "limits": limits()}
    return render(request, "communications/intake/guidance.html", context, status=200 if draft else 503)


@login_not_required
@require_safe
def table_template(request):
    """Headings for a table of many people, and not one row that somebody could forget to take out."""
    response = HttpResponse(victims_csv.template(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="table.csv"'
    return response
