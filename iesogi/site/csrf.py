"""Django's check of forms, for a site that tells nobody where a request came from."""

from django.middleware.csrf import CsrfViewMiddleware


class CsrfMiddleware(CsrfViewMiddleware):
    """Under `Referrer-Policy: no-referrer` browsers post our own forms with "Origin: null" (sealed_cases.md 8).

    Such a request goes on to the check of cookie and token, unless the browser itself says that it came from another
    site. The answer of the browser cannot be set by a page.
    """

    def _origin_verified(self, request):
        if request.META["HTTP_ORIGIN"] == "null":
            return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        return super()._origin_verified(request)
