"""Documents of offices (OOXML and ODF): the archive written anew, with the parts that are known and nobody's name."""

import archives
import blank
import pictures
from kinds import Uncleanable
from markup import local

ODF = "application/vnd.oasis.opendocument."
ODF_KINDS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp", "graphics": "odg"}
OOXML_KINDS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".wdp", ".jfif")
CHANGES = {
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "sectPrChange", "changed-region",
}  # fmt: skip
COMMENTS = {"comment", "threadedComment", "cm", "annotation"}


def cleaned(data, notes):
    parts = archives.unpacked(data)
    if "[Content_Types].xml" in parts:
        import ooxml

        kinds = [kind for folder, kind in OOXML_KINDS.items() if any(name.startswith(folder) for name in parts)]
        if kinds:
            return kinds[0], archives.packed(ooxml.cleaned(parts, notes))
    said = parts.get("mimetype", b"")[:100].decode("ascii", "replace").strip()
    if said.startswith(ODF):
        import odf

        kind = ODF_KINDS.get(said.removeprefix(ODF), "odf")
        return kind, archives.packed(odf.cleaned(parts, notes), stored=["mimetype"])
    raise Uncleanable("archive")


def picture(content, notes):
    """Rebuilt, or where that cannot be done an empty one: it may say who took it, and where."""
    found = pictures.inner(content, notes)
    if found is None:
        notes["pictures-left-out"] += 1
    return found or blank.PNG


def is_picture(name):
    return name.lower().endswith(PICTURES)


def count(root, notes):
    """Tracked changes and comments stay, for they may be the point; who reads is told that they may name people."""
    for element in root.iter("{*}*"):
        name = local(element.tag)
        notes["changes"] += name in CHANGES
        notes["comments"] += name in COMMENTS
