"""Mailings: a worker takes a handful of mails, sends them over one open connection, and takes the next.

A handful is claimed by one locked update; each mail is marked the moment the server took it, so a killed worker leaves
at most one mail of doubtful fate, as with single mails (docs/adr/0003). Any number of lanes may run at once.
"""

import logging
import smtplib
import time

from django.core.mail import get_connection
from django.db.models import F, Q
from django.utils import timezone

from iesogi.outbox import delivery, marking
from iesogi.outbox.enums import State
from iesogi.outbox.models import Mail
from iesogi.outbox.querysets import claim_lasts

logger = logging.getLogger(__name__)

HANDFUL = 50
# After so many refusals that pass, one after the other, the server is left in peace until the next tick.
PATIENCE = 5
LASTS_SECONDS = 240


class Line:
    """One connection to the mail server, opened when first needed and anew after it broke."""

    def __init__(self):
        self._connection = get_connection()
        self._is_open = False
        self.refused = 0

    def hand_over(self, mail: Mail) -> None:
        try:
            if not self._is_open:
                self._connection.open()
                self._is_open = True
            delivery.hand_over(mail, self._connection)
        except smtplib.SMTPRecipientsRefused as error:  # this reader, not this line
            self.refused = self.refused + 1 if delivery.is_passing(error) else 0
            raise
        except Exception as error:
            self.close()
            self.refused = self.refused + 1 if delivery.is_passing(error) else 0
            raise
        self.refused = 0

    @property
    def is_down(self) -> bool:
        """Nobody answers, or everything is put off."""
        return self.refused >= (PATIENCE if self._is_open else 1)

    def close(self) -> None:
        self._is_open = False
        try:
            self._connection.close()
        except OSError:  # it broke; there is nobody to say goodbye to
            logger.debug("The connection was gone before it was closed.")


def run(mailing: int) -> int:
    """Send mails of the mailing until none is due, the server is away, or the lane has lasted long enough."""
    line, sent, ends = Line(), 0, time.monotonic() + LASTS_SECONDS
    try:
        while time.monotonic() < ends and not line.is_down:
            held = Mail.objects.claim_some(mailing, now=timezone.now(), most=HANDFUL)
            if not held:
                break
            sent += _send(held, line)
    finally:
        line.close()
    return sent


def _send(held: list[Mail], line: Line) -> int:
    sent = 0
    while held:
        if line.is_down:
            _give_back(held)
            return sent
        if timezone.now() - held[0].claimed_at > claim_lasts() / 4:
            held = _hold_on(held)
            continue
        mail, *held = held
        sent += _send_one(mail, line)
    return sent


def _send_one(mail: Mail, line: Line) -> bool:
    if marking.is_given_up(mail):
        return False
    try:
        line.hand_over(mail)
    except Exception as error:  # whatever it is, the row has to say so
        marking.note(mail, error, now=timezone.now())
        return False
    return marking.mark(mail, State.SENT, error="", done_at=timezone.now())


def _ours(held: list[Mail]):
    return Mail.objects.filter(
        Q(pk__in=[mail.pk for mail in held]), state=State.CLAIMED, claimed_at=held[0].claimed_at
    )


def _hold_on(held: list[Mail]) -> list[Mail]:
    """Say that this worker is still there, before its claim looks stale; what was taken over meanwhile is let go."""
    now = timezone.now()
    _ours(held).update(claimed_at=now, updated_at=now)
    for mail in held:
        mail.claimed_at = now
    kept = set(_ours(held).values_list("pk", flat=True))
    return [mail for mail in held if mail.pk in kept]


def _give_back(held: list[Mail]) -> None:
    """They were not tried, so it counts as no attempt; they wait as long as after a first one."""
    now = timezone.now()
    later = now + delivery.pause_after(1) if held else now
    _ours(held).update(state=State.WAITING, due_at=later, claimed_at=None, attempts=F("attempts") - 1, updated_at=now)
