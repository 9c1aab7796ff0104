"""What a file is, by its first bytes; its name and what the browser says of it count for nothing."""

import re


class Uncleanable(Exception):
    """No cleaned copy can be made; the code says why, and `iesogi.vault.enums.Reason` says it in a sentence."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


# Kind, where its mark stands, the mark.
MARKS = [
    ("jpeg", 0, b"\xff\xd8\xff"),
    ("png", 0, b"\x89PNG\r\n\x1a\n"),
    ("webp", 8, b"WEBP"),
    ("pdf", 0, b"%PDF-"),
    ("zip", 0, b"PK\x03\x04"),
    ("old-office", 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("media", 4, b"ftyp"),
    ("media", 0, b"OggS"),
    ("media", 0, b"ID3"),
    ("media", 0, b"\x1aE\xdf\xa3"),
    ("media", 8, b"WAVE"),
    ("media", 8, b"AVI "),
]
PICTURES = {"jpeg", "png", "webp"}
HEIC = {b"heic", b"heix", b"mif1", b"msf1", b"avif"}
MP3 = re.compile(rb"\xff[\xf2\xf3\xfa\xfb]")
# Text that is a program for whoever opens it, and carries properties of its own.
MARKUP = (b"<", b"{\\rtf", b"%!")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def kind_of(data):
    """One of the kinds above, `heic`, `text` or `unknown`."""
    if data[4:8] == b"ftyp" and data[8:12] in HEIC:
        return "heic"
    for kind, place, mark in MARKS:
        if data[place : place + len(mark)] == mark and (place != 8 or data[:4] == b"RIFF"):
            return kind
    # Some programs put a line before the header of a PDF; readers accept it within the first KiB.
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if MP3.match(data):
        return "media"
    return "text" if _is_text(data) else "unknown"


def _is_text(data):
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(MARKUP):
        return False
    try:
        return not CONTROLS.search(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False
