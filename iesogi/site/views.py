"""Public pages that belong to no wing, the way out, and the pages for what went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dissemination.campaigns.models import Campaign
from iesogi.programme.models import WorkProgramme
from iesogi.reference.models import MandateTerm
from iesogi.vault.uploads import limits as upload_limits

# More text, fields or files than any form of ours asks for; and a body that does not arrive whole.
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
CUT = (MultiPartParserError, UnreadablePostError)
# How Django begins its reason when cookie or token are gone; it names an origin or a referrer otherwise.
LOST = ("CSRF cookie", "CSRF token")
# Every term since 2016 was given for three years.
YEARS_OF_A_TERM = 3


@login_not_required
@require_safe
def home(request):
    terms = list(MandateTerm.objects.filter(mandate__is_ours=True).order_by("year"))
    context = {
        "renewal": Campaign.objects.renewal_under_way(),
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
def protection(request):
    """The threat model of docs/security.md in plain words, for those whom it concerns."""
    return render(request, "site/protection.html")


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
    if isinstance(exception, TOO_MUCH):
        return render(request, "413.html", {"limits": upload_limits()}, status=413)
    return render(request, "400.html", {"is_cut": isinstance(exception, CUT)}, status=400)


@login_not_required
def forbidden(request, exception=None):
    """`exception` carries the sentence of the Decision that refused; other reasons stay unsaid."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


@login_not_required
def csrf_failure(request, reason=""):
    """A view with `offers_again` gets its page back with what was typed and a new token; nothing was done with it.

    Not for what came from another site: a stranger must not fill in our pages.
    """
    match = request.resolver_match
    again = getattr(match and match.func, "offers_again", None)
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if again and is_ours and reason.startswith(LOST):
        return again(request)
    return render(request, "403_csrf.html", status=403)


@login_not_required
def not_found(request, exception=None):
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request):
    return render(request, "500.html", status=500)
