"""Public pages that belong to no wing, the way out, and the pages for what went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iesogi.programme.models import WorkProgramme
from iesogi.reference.models import MandateTerm

# A page that anyone may have open; the way out must not lead to a page about this mandate.
NEUTRAL_PAGE = "https://www.wikipedia.org/"
# Every term since 2016 was given for three years.
YEARS_OF_A_TERM = 3


@login_not_required
@require_safe
def home(request):
    terms = list(MandateTerm.objects.filter(mandate__is_ours=True).order_by("year"))
    context = {
        "programme": WorkProgramme.objects.current(on=timezone.localdate()).first(),
        "terms": terms,
        "decides_next": terms[-1].year + YEARS_OF_A_TERM if terms else None,
    }
    return render(request, "site/home.html", context)


@login_not_required
@require_safe
def about(request):
    return render(request, "site/about.html")


@login_not_required
@require_safe
def leave(request):
    """Away at once, and nothing of this site stays in the browser's stores: Back asks the server again."""
    response = HttpResponseRedirect(NEUTRAL_PAGE)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@require_safe
def robots(request):
    return HttpResponse("User-agent: *\nDisallow: /admin/\nDisallow: /accounts/\n", content_type="text/plain")


@login_not_required
def signup_closed(request):
    """Administrators make accounts; a form to sign up would only invite those who should not."""
    return render(request, "account/signup_closed.html", status=403)


def address_closed(request):
    raise PermissionDenied(
        _("Mail addresses of staff are changed by an administrator, so that a stolen session cannot take an account.")
    )


@login_not_required
def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


@login_not_required
def forbidden(request, exception=None):
    """`exception` carries the sentence of the Decision that refused; other reasons stay unsaid."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


@login_not_required
def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


@login_not_required
def not_found(request, exception=None):
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request):
    return render(request, "500.html", status=500)
