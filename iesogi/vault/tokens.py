"""The hidden token of a form: it carries the number, sealed, so that nothing is kept before a report is sent.

However often the same token is sent, it makes one case.
"""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from iesogi.vault import installation, receipts, sealing
from iesogi.vault.exceptions import Damaged, NumberNeeded, TokenRefused, TooFast

TOKEN_LASTS = timedelta(hours=12)
TOKEN_AT_LEAST = timedelta(seconds=5)
TOKEN = "form token"  # noqa: S105, what the token is bound to


def new_token(*, now: datetime, number: str = "", begun: datetime | None = None) -> str:
    """With `number` and `begun` for whoever came back by that number to what they began before."""
    plain = _seconds(now) + (number or receipts.new_number()).encode() + (_seconds(begun) if begun else b"")
    return base64.urlsafe_b64encode(sealing.seal(installation.subkey(TOKEN), plain, aad=TOKEN)).decode()


def _seconds(instant: datetime) -> bytes:
    return int(instant.timestamp()).to_bytes(8, "big")


def _instant(seconds: bytes) -> datetime:
    return datetime.fromtimestamp(int.from_bytes(seconds, "big"), UTC)


class Ticket(NamedTuple):
    number: str
    begun: datetime  # when the form was first given out, to the second
    came_back: bool = False  # by the number, which its holder therefore has


def read_token(token: str, *, now: datetime) -> str:
    """The number inside. A refusal is answered with the same page, a new token, and all that was typed."""
    return read_ticket(token, now=now).number


def read_ticket(token: str, *, now: datetime, at_least: timedelta = TOKEN_AT_LEAST) -> Ticket:
    """The number and when the form was begun, for forms that close at an hour."""
    try:
        sealed = base64.urlsafe_b64decode(token.encode())
        plain = sealing.unseal(installation.subkey(TOKEN), sealed, aad=TOKEN)
    except (Damaged, binascii.Error, ValueError) as error:
        raise TokenRefused(_("Part of this page was lost. Nothing was sent yet; please send again.")) from error
    given_out, number, begun = (
        _instant(plain[:8]),
        plain[8 : 8 + receipts.DIGITS].decode(),
        plain[8 + receipts.DIGITS :],
    )
    age = now - given_out
    if age > TOKEN_LASTS and begun:
        raise NumberNeeded(
            _("This page was open for more than 12 hours. Type your number, and press the button again.")
        )
    if age > TOKEN_LASTS:
        raise TokenRefused(_("This page was open for more than 12 hours. Nothing was sent yet; please send again."))
    if age < at_least:
        raise TooFast(_("This came faster than a person can write. Nothing was sent yet; please send again."))
    return Ticket(number, _instant(begun) if begun else given_out, bool(begun))
