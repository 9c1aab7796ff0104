"""Input that no database can hold is taken out, or refused in a sentence, before any view sees it."""

import logging
import re
from contextlib import suppress

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import QueryDict
from django.utils.deprecation import MiddlewareMixin

from iesogi.site.views import CUT, TOO_MUCH, bad_request

logger = logging.getLogger(__name__)

NUL = "\x00"
# Of a number in SQLite, and of a year that Python's dates do not know.
UNSTORABLE = re.compile(r"too large to convert to SQLite|^year -?\d+ is out of range$")
REST, PIECE = 16 * 1024**2, 64 * 1024


class NulByteMiddleware(MiddlewareMixin):
    """PostgreSQL refuses NUL bytes in text, so a page asked for with one would be an error of ours.

    Nobody types one: they come along when text is copied out of a damaged file. On public pages they are left out and
    the rest counts; staff, who write what others rely on, are told. No address of ours holds one.
    """

    def process_request(self, request):
        return bad_request(request, BadRequest()) if NUL in request.path else None

    def process_view(self, request, view, args, kwargs):
        """The first to read a form, so what cannot be read is answered here, under DEBUG as well.

        A view that `judges_text` itself keeps what else was typed, and says which field is meant.
        """
        try:
            is_bad_form = request.method == "POST" and _has_nul(request.POST)
        except (*TOO_MUCH, *CUT) as error:
            logger.info("A form could not be read: %s", type(error).__name__)
            for handler in request.upload_handlers:
                handler.upload_interrupted()  # the parser does not tell them of each way to end
            _read_the_rest(request)
            return bad_request(request, error)
        is_bad_form = is_bad_form and not getattr(view, "judges_text", False)
        is_bad_query = _has_nul(request.GET)
        if (is_bad_form or is_bad_query) and getattr(view, "login_required", True):
            return bad_request(request, BadRequest())
        if is_bad_form:
            request.POST = _without_nul(request.POST)
        if is_bad_query:
            request.GET = _without_nul(request.GET)
            request.META["QUERY_STRING"] = request.GET.urlencode()  # links to the same page are made from it
        return None


class UnstorableNumberMiddleware(MiddlewareMixin):
    """Django's own widgets look up whatever key they are given; one too large for its column is no error of ours."""

    def process_exception(self, request, exception):
        if isinstance(exception, DataError) or UNSTORABLE.search(str(exception)):
            logger.warning("A value that no column can hold came with a request.", exc_info=exception)
            return bad_request(request, BadRequest())
        return None


def _read_the_rest(request):
    """A server that answers before it has read all resets the connection, and the answer may never be seen."""
    with suppress(OSError, ValueError):
        for _each in range(REST // PIECE):
            if not request.read(PIECE):
                return


def _has_nul(fields):
    return any(NUL in name or any(NUL in value for value in values) for name, values in fields.lists())


def _without_nul(fields):
    """No page of ours has a field with such a name, so none is kept that only looks like one without it."""
    kept = QueryDict(mutable=True)
    for name, values in fields.lists():
        if NUL not in name:
            kept.setlist(name, [value.replace(NUL, "") for value in values])
    return kept
