"""The way out of every page. It works whatever else has failed."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from iesogi.vault import cookies, sessions
from iesogi.vault.cookies import Cookie

logger = logging.getLogger(__name__)


def own_cookies():
    """By name: `Clear-Site-Data: "cookies"` would clear those of every sister site of the domain as well."""
    return [
        *(cookie.full_name for cookie in Cookie),
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        "messages",
    ]


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request):
    """Away at once, and nothing of this site stays in the browser's stores: Back asks the server again.

    A plain link leads here, since our policy lets no form end on another site (form-action); whoever is made to come
    here by a stranger's page only loses what was open.
    """
    _close(request)
    response = HttpResponse(status=303, headers={"Location": settings.NEUTRAL_URL})
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    for name in own_cookies():
        if name in request.COOKIES:
            response.delete_cookie(name)
    return response


def _close(request):
    try:
        for cookie in Cookie:
            if secret := cookies.read(request, cookie):
                sessions.end(secret)
        if request.session.session_key:
            request.session.flush()
    except DatabaseError:
        logger.warning("Somebody left while the database was away; what was open ends by itself.")
