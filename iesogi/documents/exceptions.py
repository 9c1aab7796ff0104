"""What can go wrong with a document, each told in one sentence that staff can act on."""

from django.utils.translation import gettext_lazy as _


class DocumentError(Exception):
    """Its text is shown to staff as the reason of a failed document."""

    sentence = ""

    def __init__(self, **details):
        super().__init__(self.sentence % details)


class StepRefused(DocumentError):
    """The document is not in a state from which this step is possible."""

    sentence = _("A document that is “%(was)s” cannot become “%(to)s”.")


class LibraryMissing(DocumentError):
    """Pango or another system library of WeasyPrint is not installed."""

    sentence = _(
        "The PDF could not be made because a system library is missing (%(detail)s); "
        "install Pango (on Debian: libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0) and try again."
    )


class FontMissing(DocumentError):
    """A font file that the PDF layout names is not on this machine."""

    sentence = _(
        "The PDF could not be made because the font file %(name)s is missing; "
        "restore static/fonts from the repository and try again."
    )


class ResourceRefused(DocumentError):
    """A template asked for something that is not one of this project's own static files."""

    sentence = _(
        "The PDF could not be made because its template asks for %(url)s, "
        "and only this portal's own static files may stand in a document."
    )


class StorageRefused(DocumentError):
    """The storage for files did not take the finished PDF."""

    sentence = _(
        "The PDF was made but could not be stored (%(detail)s); "
        "make the storage named by STORAGE_URL writable, with space left, and try again."
    )


class ResourceMissing(DocumentError):
    """A template asked for a static file that is not there."""

    sentence = _("The PDF could not be made because the static file %(name)s is missing; restore it and try again.")


class TwinInTheMaking(DocumentError):
    """The same data are already being made into a document."""

    sentence = _("The same document is being made right now. Wait until it is ready.")


class GaveUp(DocumentError):
    """A passing error did not pass."""

    sentence = _(
        "The PDF could not be made in %(attempts)s attempts, the last error was: %(detail)s. "
        "Repair the cause and try again."
    )


class Unexpected(DocumentError):
    """Anything this room does not know by name."""

    sentence = _(
        "The PDF could not be made because of an error in the portal itself (%(detail)s). "
        "Tell the people who run the portal; its log has the details."
    )
