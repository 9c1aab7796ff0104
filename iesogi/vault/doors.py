"""From a request of staff to an open vault, and back to a locked one. The keys live for one request at a time."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import admin, messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from iesogi.vault import cookies, members, sessions
from iesogi.vault.cookies import Cookie
from iesogi.vault.exceptions import VaultRefused, WrongPassphrase
from iesogi.vault.forms import UnlockForm
from iesogi.vault.models import Vault
from iesogi.vault.permissions import may_have_vault
from iesogi.vault.sessions import Unlocked

# Never shown again or handed on with what was typed.
UNKEPT = {"csrfmiddlewaretoken", "passphrase"}
SHORT = 60


def login_of(request: HttpRequest) -> str:
    """Names the login: another one after logout and after a new password, and the box no longer opens."""
    return f"{request.session.session_key}:{request.session.get(HASH_SESSION_KEY, '')}"


def unlocked(request: HttpRequest) -> Unlocked | None:
    """The open vault of this request, or None. Asked once; a second factor taken away shuts it at once."""
    if not hasattr(request, "unlocked_vault"):
        request.unlocked_vault = _unlocked(request)
    return request.unlocked_vault


def _unlocked(request: HttpRequest) -> Unlocked | None:
    cookie = cookies.read(request, Cookie.STAFF)
    if not cookie or not request.user.is_authenticated or not may_have_vault(request.user):
        return None
    return sessions.staff(cookie, user=request.user, login_session=login_of(request))


def open_until(request: HttpRequest) -> datetime | None:
    return sessions.ends_at(cookies.read(request, Cookie.STAFF)) if unlocked(request) else None


def keep_open(request: HttpRequest, response: HttpResponse, opened: Unlocked) -> HttpResponse:
    """A new secret at each unlock; the one before it opens nothing any more."""
    sessions.end(cookies.read(request, Cookie.STAFF))
    cookies.put(response, Cookie.STAFF, sessions.start_staff(opened, login_session=login_of(request)))
    return response


def lock(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    sessions.end(cookies.read(request, Cookie.STAFF))
    cookies.drop(response, Cookie.STAFF)
    return response


def with_open_vault(view: Callable) -> Callable:
    """The view gets `unlocked`. A page that comes too late is shown again with what was typed, and a passphrase field.

    A refusal of the vault (not a member, a changed key) becomes a page that says so.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        opened = unlocked(request)
        if opened is None and not Vault.objects.in_use().filter(user=request.user).exists():
            messages.info(request, _("Choose a passphrase first: it makes the vault that opens sealed cases for you."))
            return redirect("vault:home")
        if opened is None:
            return _unlock_and_go_on(request, view, *args, **kwargs)
        return _answered(request, view, opened, *args, **kwargs)

    return wrapped


def _answered(request, view, opened, *args, **kwargs) -> HttpResponse:
    try:
        response = view(request, *args, unlocked=opened, **kwargs)
    except VaultRefused as refusal:
        response = refused_page(request, refusal)
    add_never_cache_headers(response)
    return response


def _unlock_and_go_on(request, view, *args, **kwargs) -> HttpResponse:
    form = UnlockForm(request.POST if "passphrase" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            opened = members.unlock(request.user, form.cleaned_data["passphrase"])
        except VaultRefused as refusal:
            form.add_error("passphrase" if isinstance(refusal, WrongPassphrase) else None, str(refusal))
        else:
            request.unlocked_vault = opened
            return keep_open(request, _answered(request, view, opened, *args, **kwargs), opened)
    return locked_page(request, form)


def kept_fields(request: HttpRequest) -> list[dict]:
    """What came with a form, to be sent again: long texts to be seen and mended, ids and ticks behind the scene."""
    return [
        {"name": name, "value": value, "is_text": len(value) > SHORT or "\n" in value or name in {"text", "reason"}}
        for name, values in request.POST.lists()
        if name not in UNKEPT
        for value in values
    ]


def locked_page(request: HttpRequest, form: UnlockForm) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Unlock your vault"),
        "form": form,
        "fields": kept_fields(request) if request.method == "POST" else [],
        "action": request.get_full_path() if request.method == "POST" else reverse("vault:unlock"),
        "next": request.get_full_path(),
        "is_late": request.method == "POST",
    }
    response = TemplateResponse(request, "vault/locked.html", context)
    add_never_cache_headers(response)
    return response


def refused_page(request: HttpRequest, refusal: VaultRefused) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("This does not open for you"),
        "reason": str(refusal),
        "fields": [field for field in kept_fields(request) if field["is_text"]] if request.method == "POST" else [],
    }
    return TemplateResponse(request, "vault/refused.html", context, status=403)
