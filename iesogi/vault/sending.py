"""One send of a public form that seals what it takes: whatever happens, the answer is a full sentence.

What was typed is kept by the page that shows the sentence; nothing is kept here.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from iesogi.vault import intake, receipts, tokens
from iesogi.vault.exceptions import (
    Busy,
    NotOpenYet,
    NumberNeeded,
    NumberRefused,
    TokenRefused,
    TooFast,
    UnknownNumber,
    VaultRefused,
)
from iesogi.vault.guard import Buckets

logger = logging.getLogger(__name__)

# To judge the last group costs as much as to send. All who come over the onion service are one network.
confirmations = Buckets(burst=settings.INTAKE_BURST, per_minute=settings.INTAKE_PER_MINUTE)


class NotSent(Exception):
    """`status` and `retry_after` tell browsers and monitors what the sentence tells the sender.

    The page that answers gives out a new token, asks for the number, or keeps the token it was sent with.
    """

    def __init__(
        self,
        sentence: str,
        *,
        status: int = 200,
        retry_after: int | None = None,
        new_token: bool = False,
        asks_number: bool = False,
    ):
        super().__init__(sentence)
        self.status, self.retry_after, self.new_token, self.asks_number = status, retry_after, new_token, asks_number


@contextmanager
def refusals_told(lost: str) -> Iterator[None]:
    """Turns every refusal of the vault into NotSent; `lost` is said when a store or database is away."""
    try:
        yield
    except NotSent:
        raise
    except (NumberNeeded, NumberRefused, UnknownNumber) as error:
        raise NotSent(str(error), status=422, asks_number=True) from error
    except TooFast as error:
        raise NotSent(str(error)) from error
    except TokenRefused as error:
        raise NotSent(str(error), new_token=True) from error
    except Busy as error:
        raise NotSent(str(error), status=503, retry_after=error.retry_after) from error
    except NotOpenYet as error:
        raise NotSent(str(error), status=503) from error
    except VaultRefused as error:
        raise NotSent(str(error)) from error
    except Exception as error:  # no error may cost the sender what was typed
        logger.error("What a public form sent could not be kept: %s", type(error).__name__)
        raise NotSent(lost, status=503, retry_after=60) from error


class Confirmed(Enum):
    YES = auto()
    WRONG = auto()  # the four digits are others
    LATE = auto()  # the page was open for too long, or nothing was sent with it
    REPEAT = auto()  # written down before


class Confirmation(NamedTuple):
    outcome: Confirmed
    groups: list[str] = []


def refuse_haste(address: str | None) -> None:
    """Raises Busy, before any key is derived, where more is confirmed from one network than people type."""
    if not confirmations.allow(address):
        raise Busy(
            _("Many forms came from your network just now. What you typed is kept; send it in a minute."),
            retry_after=60,
        )


def confirm(token: str, last_group: str, *, address: str | None, now: datetime) -> Confirmation:
    """The last group was typed again; `groups` shows the number once more where that was wrong. Raises Busy."""
    refuse_haste(address)
    try:
        number = tokens.read_token(token, now=now)
    except TokenRefused:
        return Confirmation(Confirmed.LATE)
    if intake.confirm(number, last_group):
        return Confirmation(Confirmed.YES)
    known = intake.known(number)
    if known is None or not known.may_show_number:
        return Confirmation(Confirmed.LATE if known is None else Confirmed.REPEAT)
    return Confirmation(Confirmed.WRONG, receipts.grouped(number).split())
