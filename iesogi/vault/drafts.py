"""What somebody has typed so far, sealed into the page itself: no cookie, no row, no script.

The source of a later page does not show the answers of an earlier one; whoever sends the page back sees them, as with
the Back button. Under a key of its own, so a draft is no form token and a token no draft.
"""

import base64
import binascii
import json
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from iesogi.vault import installation, sealing
from iesogi.vault.exceptions import Damaged, DraftLost, DraftTooLong

# Longer than a form token, so that an answer to a page that was open for too long still has all that was typed.
DRAFT_LASTS = timedelta(hours=36)
DRAFT = "draft"
# Of the sealed text. Beside it a page has room for the largest step within DATA_UPLOAD_MAX_MEMORY_SIZE.
LONGEST = 1_000_000


def seal(answers: Any, *, now: datetime) -> str:
    """Packed, so that even a table of 2,000 people travels; filled up, so that its length says little."""
    packed = zlib.compress(json.dumps(answers, separators=(",", ":")).encode())
    plain = int(now.timestamp()).to_bytes(8, "big") + packed
    sealed = sealing.seal(installation.subkey(DRAFT), sealing.pad(plain), aad=DRAFT)
    text = base64.urlsafe_b64encode(sealed).decode()
    if len(text) > LONGEST:
        raise DraftTooLong(
            _("Together your answers are longer than this form can carry. Shorten this one, or send it as a file.")
        )
    return text


def unseal(text: str, *, now: datetime) -> Any:
    lost = _("Part of this page was lost, and with it what you typed on other pages. What you typed here is kept.")
    try:
        sealed = base64.urlsafe_b64decode(text.encode())
        plain = sealing.unpad(sealing.unseal(installation.subkey(DRAFT), sealed, aad=DRAFT))
    except (Damaged, binascii.Error, ValueError) as error:
        raise DraftLost(lost) from error
    age = now - datetime.fromtimestamp(int.from_bytes(plain[:8], "big"), UTC)
    if age > DRAFT_LASTS:
        raise DraftLost(
            _("This page was open for more than 36 hours, so other pages were cleared. What you typed here is kept.")
        )
    return json.loads(zlib.decompress(plain[8:]))
