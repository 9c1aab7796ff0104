"""A request whose body breaks off is no request: half a report must never look like a whole one.

Servers hand a cut connection on as a body that simply ends, and Django's parser takes what came for all there is.
"""

BROKEN = "The connection broke off before the whole request had come."


class WholeBody:
    """The input of a request, which complains where it ends before the announced length."""

    def __init__(self, stream, length):
        self._stream, self._left = stream, length

    def read(self, size=-1):
        data = self._stream.read(size)
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        self._left -= len(data)
        if len(data) < wanted:  # servers wait for all that was asked for, unless there is no more
            raise ConnectionResetError(BROKEN)
        return data

    def readline(self, size=-1):
        data = self._stream.readline(size)
        self._left -= len(data)
        if self._left > 0 and not data and size != 0:
            raise ConnectionResetError(BROKEN)
        return data


class WholeBodies:
    """WSGI middleware around the portal. Bodies without a length (chunked) are refused by Django as empty."""

    def __init__(self, application):
        self._application = application

    def __call__(self, environ, start_response):
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isascii() and length.isdigit():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return self._application(environ, start_response)
