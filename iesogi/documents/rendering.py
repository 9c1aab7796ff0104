"""Template and data to HTML, HTML to PDF/UA. Pure: no row is read or written here.

WeasyPrint is imported late: it loads Pango, and a web process that makes no PDF should not pay for that.
"""

import gc
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from iesogi.documents import fonts
from iesogi.documents.exceptions import FontMissing, LibraryMissing
from iesogi.documents.joined import join_words_of_drawings
from iesogi.documents.languages import name_languages

OPTIONS = {"pdf_variant": "pdf/ua-1"}


class Rendering(NamedTuple):
    content: bytes
    pages: int


def base_url() -> str:
    """Templates name their CSS and images relative to the project's own static files: href="pdf/un.css"."""
    return f"{settings.STATICFILES_DIRS[0].resolve().as_uri()}/"


def load_weasyprint():
    """The library, or one sentence about what this machine lacks."""
    try:
        with redirect_stdout(StringIO()):  # it prints a banner about a missing library; one sentence is enough
            import pydyf
            import weasyprint
            import weasyprint.pdf.tags
            import weasyprint.svg
    except (ImportError, OSError) as error:  # cffi raises OSError for a shared library it cannot open
        first_line = str(error).strip().partition("\n")[0]
        raise LibraryMissing(detail=first_line) from error
    join_words_of_drawings(weasyprint.svg)
    name_languages(weasyprint.pdf.tags, pydyf)
    return weasyprint


def html(template: str, snapshot: dict[str, Any], language: str) -> str:
    with translation.override(language):
        return render_to_string(template, snapshot)


@contextmanager
def no_garbage_collection():
    """A layout is a mass of live objects; looking for dead ones among them costs a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def typeset(markup: str, pictures: dict[str, dict[str, str]] | None = None) -> Rendering:
    """`pictures` are as `pictures.kept` leaves them, by the name under which the markup asks for them."""
    weasyprint = load_weasyprint()
    if missing := fonts.missing():
        raise FontMissing(name=missing[0])
    from iesogi.documents.fetcher import OwnFilesFetcher, StopRendering

    try:
        with no_garbage_collection():
            source = weasyprint.HTML(string=markup, base_url=base_url(), url_fetcher=OwnFilesFetcher(pictures or {}))
            laid_out = source.render(**OPTIONS)
            return Rendering(laid_out.write_pdf(**OPTIONS), len(laid_out.pages))
    except StopRendering as stopped:
        raise stopped.error from None


def make(template: str, snapshot: dict[str, Any], language: str) -> Rendering:
    return typeset(html(template, snapshot, language), snapshot.get("pictures"))


def render(template: str, snapshot: dict[str, Any], language: str) -> bytes:
    """The one path on which every PDF of this portal is made: job, command and benchmark."""
    return make(template, snapshot, language).content
