"""What every page that a number opens shares: how a refusal is answered, and the box that keeps the thread open."""

from hashlib import sha256
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from iesogi.vault import cookies, sessions
from iesogi.vault.cookies import Cookie
from iesogi.vault.exceptions import Busy, NumberRefused, UnknownNumber, VaultRefused
from iesogi.vault.intake import Thread

WAIT_SECONDS = 60
INVALID, TOO_MANY, UNAVAILABLE = 422, 429, 503


class TooManyTries(VaultRefused):
    """More numbers came from one network than people type."""


def how_to_say(refusal: VaultRefused) -> dict:
    """Status and, where it helps, seconds to wait. What is no refusal of a number is raised again."""
    match refusal:
        case TooManyTries():
            return {"status": TOO_MANY, "retry_after": WAIT_SECONDS}
        case Busy():
            return {"status": UNAVAILABLE, "retry_after": refusal.retry_after}
        case NumberRefused() | UnknownNumber():
            return {"status": INVALID}
    raise refusal


def asks_to_wait(response: HttpResponse, seconds: int | None) -> HttpResponse:
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response


def with_box(response: HttpResponse, request: HttpRequest, thread: Thread) -> HttpResponse:
    """A new secret each time; the one before it opens nothing any more."""
    sessions.end(cookies.read(request, Cookie.REPORTER))
    cookies.put(response, Cookie.REPORTER, sessions.start_reporter(thread))
    return response


def uuid_of(thread: Thread, once: str) -> UUID:
    """The same form sent twice has the same uuid; the form's own value alone names no record."""
    digest = sha256(thread.content.uuid.bytes + once.encode()).digest()
    return UUID(bytes=digest[:16], version=4)
