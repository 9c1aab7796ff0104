"""Which save a page was opened with, so that nobody writes over one that they have not seen.

An edition is made from the key of its save: nothing stands in clear for it, it counts nothing, and it opens nothing.
"""

from hashlib import sha256
from typing import NamedTuple

from django.utils.translation import gettext as _

from iesogi.vault import sealing
from iesogi.vault.exceptions import SavedMeanwhile

NOTHING_YET = ""


class Seen(NamedTuple):
    """`page` is known again when it comes a second time: by a double click, the Back button or a lost connection."""

    edition: str  # that the page was opened with, or NOTHING_YET
    page: str


def seen_on(token: str, edition: str) -> Seen:
    return Seen(edition, sha256(f"{edition} {token}".encode()).hexdigest())


def edition_of(key: bytes) -> str:
    """Of the save that is sealed under this key."""
    return sealing.keyed(key, purpose="edition", size=16).hex()


def refuse_if_overtaken(seen: Seen, *, edition: str, saved_by: str) -> None:
    """`edition` is what lies there now, or NOTHING_YET, and `saved_by` the page that it came from."""
    if seen.edition == edition or saved_by == seen.page:
        return
    if edition == NOTHING_YET:
        raise SavedMeanwhile(
            _(
                "This draft was deleted from another page or device, with its files. "
                "What you typed is still here, and was neither saved nor sent. "
                "To go on with it, press the button again."
            )
        )
    raise SavedMeanwhile(
        _(
            "This draft was saved from another page or device after you opened it here. "
            "So that nothing is lost, what you typed was neither saved nor sent; it is still here. "
            "To put it in the place of what was saved there, press the button again."
        )
    )
