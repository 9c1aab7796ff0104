"""The cookies that carry the secret of an unlocked session: one for staff, one for a source who came back.

With `VAULT_COOKIE_SECURE` they are `__Host-`: https alone, this host alone, no sister site can set them.
"""

from enum import StrEnum

from django.conf import settings


class Cookie(StrEnum):
    STAFF = "vault"
    REPORTER = "return"

    @property
    def full_name(self) -> str:
        return f"__Host-{self.value}" if settings.VAULT_COOKIE_SECURE else self.value


def read(request, cookie: Cookie) -> str:
    return request.COOKIES.get(cookie.full_name, "")


def put(response, cookie: Cookie, value: str) -> None:
    """Gone with the browser; how long the secret opens anything is decided by the row it belongs to."""
    response.set_cookie(
        cookie.full_name,
        value,
        path="/",
        secure=settings.VAULT_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def drop(response, cookie: Cookie) -> None:
    """`__Host-` cookies are only taken back by an answer that is as strict as the one that set them."""
    response.set_cookie(
        cookie.full_name,
        "",
        max_age=0,
        path="/",
        secure=settings.VAULT_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
