"""What a PDF template may load: this project's own static files, and nothing else at all."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from iesogi.documents.exceptions import DocumentError, FontMissing, ResourceMissing, ResourceRefused

FONT_SUFFIXES = {".ttf", ".otf", ".woff", ".woff2"}


class StopRendering(FatalURLFetchingError):
    """Carries our sentence through WeasyPrint, which would swallow anything else and go on without the file."""

    def __init__(self, error: DocumentError):
        super().__init__(str(error))
        self.error = error


def roots() -> list[Path]:
    return [Path(root).resolve() for root in (*settings.STATICFILES_DIRS, settings.STATIC_ROOT)]


def locate(url: str) -> Path:
    """The file behind the URL; links and `..` are followed before the place is judged."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        raise ResourceRefused(url=url[:200])
    path = Path(url2pathname(parts.path)).resolve()
    root = next((root for root in roots() if path.is_relative_to(root)), None)
    if root is None:
        raise ResourceRefused(url=url[:200])
    if path.is_file():
        return path
    name = path.relative_to(root).as_posix()
    if found := finders.find(name):  # an app's own static folder
        return Path(found)
    if path.suffix in FONT_SUFFIXES:
        raise FontMissing(name=path.name)
    raise ResourceMissing(name=name)


class StaticFilesFetcher(URLFetcher):
    def fetch(self, url, headers=None):
        try:
            path = locate(url)
        except (DocumentError, ValueError) as error:
            stopped = error if isinstance(error, DocumentError) else ResourceRefused(url=url[:200])
            raise StopRendering(stopped) from None
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
