"""What a PDF template may load: this project's own static files, pictures of its snapshot, and nothing else at all."""

import base64
import binascii
import mimetypes
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from iesogi.documents.exceptions import DocumentError, FontMissing, ResourceMissing, ResourceRefused

FONT_SUFFIXES = {".ttf", ".otf", ".woff", ".woff2"}
PICTURE = "picture:"
# Bytes that only pixels begin with: a drawing in SVG could ask for more files.
PIXELS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


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


def picture(pictures: dict[str, dict[str, str]], url: str) -> tuple[bytes, str]:
    """Content and type of a picture that came with the snapshot."""
    try:
        content = base64.b64decode(pictures[url.removeprefix(PICTURE)]["data"], validate=True)
    except (KeyError, TypeError, binascii.Error):
        raise ResourceRefused(url=url[:200]) from None
    kind = next((kind for start, kind in PIXELS.items() if content.startswith(start)), None)
    if kind is None:
        raise ResourceRefused(url=url[:200])
    return content, kind


class OwnFilesFetcher(URLFetcher):
    def __init__(self, pictures):
        super().__init__()
        self.pictures = pictures

    def fetch(self, url, headers=None):
        try:
            if url.startswith(PICTURE):
                content, kind = picture(self.pictures, url)
                return URLFetcherResponse(url, content, {"Content-Type": kind})
            path = locate(url)
        except (DocumentError, ValueError) as error:
            stopped = error if isinstance(error, DocumentError) else ResourceRefused(url=url[:200])
            raise StopRendering(stopped) from None
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
