"""What a machine must have before it can make documents; each finding names the page of the docs that helps."""

from uuid import uuid4

from django.core.checks import Error, Tags, register
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from iesogi.documents import fonts
from iesogi.documents.exceptions import LibraryMissing
from iesogi.documents.rendering import load_weasyprint

DOCS = "See “PDF” in docs/operations.md."


def check_pdf_libraries(app_configs, **kwargs):
    try:
        load_weasyprint()
    except LibraryMissing as missing:
        return [Error(str(missing), hint=DOCS, id="iesogi.E101")]
    return []


def check_fonts(app_configs, **kwargs):
    return [
        Error(
            f"The font file static/fonts/{name} is missing or empty, so no PDF can be made.",
            hint=DOCS,
            id="iesogi.E102",
        )
        for name in fonts.missing()
    ]


def check_storage_is_writable(app_configs, **kwargs):
    """Writes and removes one empty file, as every finished document will."""
    try:
        default_storage.delete(default_storage.save(f"documents/check-{uuid4().hex}", ContentFile(b"")))
    except Exception as error:  # whatever a storage back end raises, the finding is the same
        return [
            Error(
                f"The storage for files cannot be written ({type(error).__name__}: {error}).",
                hint="Make the place named by STORAGE_URL writable for the portal. See “Files” in docs/operations.md.",
                id="iesogi.E103",
            )
        ]
    return []


def register_all():
    """Libraries and storage cost time, so they are looked at on deployment; fonts on every start."""
    register(check_fonts, Tags.files)
    register(check_pdf_libraries, "documents", deploy=True)
    register(check_storage_is_writable, Tags.files, deploy=True)
