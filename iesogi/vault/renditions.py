"""A file that is meant for the public: cleaned, and read by a machine as anybody else's will read it.

Nothing here is sealed: whoever hands it in took out by hand what may harm, and a second person reads what is left.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from iesogi.vault import cleaning, scanning
from iesogi.vault.enums import Reason, Scan
from iesogi.vault.exceptions import VaultRefused
from iesogi.vault.uploads import SealedUpload, size

UNSEEN = 3  # letters of a page; fewer are the odd mark that a scanner's own program read out of a stain


@dataclass(frozen=True)
class Rendition:
    """`texts` are the words that a machine still reads, page by page."""

    content: bytes = field(repr=False)
    texts: list[str] = field(repr=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def make(upload: SealedUpload, *, as_pictures: bool) -> Rendition:
    """The cleaned PDF. Raises VaultRefused with a sentence for what is no PDF, too large, damaged or not redacted."""
    _judge(upload)
    clock = cleaning.Clock(settings.CLEANING_SECONDS)
    content = _made(cleaning.clean, upload.chunks(), clock)
    if as_pictures:
        content = _made(cleaning.flatten, [content], clock)
    pages = json.loads(_made(cleaning.read, [content], clock))
    _refuse_unseen([number for number, page in enumerate(pages, 1) if page["unseen"] >= UNSEEN])
    return Rendition(content, [page["text"] for page in pages])


def _judge(upload: SealedUpload) -> None:
    if upload.problem:
        raise VaultRefused(upload.problem)
    if upload.size > settings.RENDITION_BYTES:
        raise VaultRefused(
            _("This file is larger than %(limit)s. Save it with smaller pictures, or publish its main part alone.")
            % {"limit": size(settings.RENDITION_BYTES)}
        )
    if scanning.scan(upload.chunks()) == Scan.INFECTED:
        raise VaultRefused(str(Reason.INFECTED.label))


def _made(act: Callable, chunks: Iterable[bytes], clock: cleaning.Clock) -> bytes:
    try:
        with act(chunks, clock) as found:
            if found.reason:
                raise VaultRefused(str(found.reason.label))
            if found.kind != "pdf":
                raise VaultRefused(_("This is no PDF. Save the redacted document as PDF, and choose that file."))
            return b"".join(found.pieces)
    except cleaning.NotCleaned as broken:
        raise VaultRefused(str(broken.args[0].label)) from broken


def _refuse_unseen(pages: list[int]) -> None:
    if not pages:
        return
    raise VaultRefused(
        _(
            "A machine reads words that nobody sees: on page %(pages)s, under a box or in the colour of the paper. "
            "Take the words out and save the file anew, or let the pages become pictures, in which none are left."
        )
        % {"pages": ", ".join(map(str, pages))}
    )
