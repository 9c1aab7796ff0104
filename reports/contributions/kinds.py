"""Whether a file is the document that its name says. Names and browsers say anything; the first bytes decide."""

import zipfile

from django.utils.translation import gettext as _

from iesogi.vault._clean_child.kinds import kind_of

HEAD = 64 * 1024
# What a file is inside, and how its name may end then.
ENDINGS = {"pdf": (".pdf",), "text": (".txt", ".md", ".csv"), "docx": (".docx",), "odt": (".odt",), "rtf": (".rtf",)}


def document_kind(upload) -> str:
    """pdf, docx, odt, text, or empty for anything else."""
    upload.seek(0)
    head = upload.read(HEAD)
    kind = kind_of(head if len(head) < HEAD else head[:-4])
    if kind == "zip":
        return _office_kind(upload)
    return kind if kind in ENDINGS else ""


def _office_kind(upload) -> str:
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            names = set(archive.namelist()[:2000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""
    if "word/document.xml" in names:
        return "docx"
    return "odt" if {"mimetype", "content.xml"} <= names else ""


def problem_with(upload) -> str:
    """Empty, or a sentence that names the file."""
    kind = document_kind(upload)
    values = {"name": upload.name}
    if not kind:
        return (
            _("“%(name)s” is no Word, OpenDocument, PDF or plain text file inside. Save it as one of these.") % values
        )
    if not upload.name.lower().endswith(ENDINGS[kind]):
        values["ending"] = ENDINGS[kind][0]
        return _("“%(name)s” is another kind of file inside than its name says. Name it “%(ending)s”.") % values
    return ""
