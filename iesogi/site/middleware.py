"""Input that no database can hold is refused in a sentence before any view sees it."""

import logging

from django.core.exceptions import BadRequest
from django.db import DataError
from django.utils.deprecation import MiddlewareMixin

from iesogi.site.views import bad_request

logger = logging.getLogger(__name__)

NUL = "\x00"


class NulByteMiddleware(MiddlewareMixin):
    """PostgreSQL refuses NUL bytes in text, so a page asked for with one would be an error of ours."""

    def process_request(self, request):
        if NUL in request.path or _has_nul(request.GET):
            return bad_request(request, BadRequest())
        return None

    def process_view(self, request, view, args, kwargs):
        # After CSRF has read the body anyway; a page that takes no form is not made to read one.
        if request.method == "POST" and _has_nul(request.POST):
            return bad_request(request, BadRequest())
        return None


class UnstorableNumberMiddleware(MiddlewareMixin):
    """Django's own widgets look up whatever key they are given; one too large for its column is no error of ours."""

    def process_exception(self, request, exception):
        if isinstance(exception, DataError) or "too large to convert to SQLite" in str(exception):
            logger.warning("A value that no column can hold came with a request.", exc_info=exception)
            return bad_request(request, BadRequest())
        return None


def _has_nul(fields):
    return any(NUL in name or any(NUL in value for value in values) for name, values in fields.lists())
