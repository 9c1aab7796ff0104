"""What became of a claimed mail, written down by whoever still holds the claim."""

import logging
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from iesogi.outbox import delivery
from iesogi.outbox.enums import State
from iesogi.outbox.models import Mail

logger = logging.getLogger(__name__)


def mark(mail: Mail, state: State, **fields) -> bool:
    """Only while the claim is still ours: a worker that slept too long does not write over the one after it."""
    held = Mail.objects.filter(pk=mail.pk, state=State.CLAIMED, claimed_at=mail.claimed_at)
    return held.update(state=state, updated_at=timezone.now(), **fields) == 1


def note(mail: Mail, error: Exception, *, now: datetime) -> None:
    """An error that passes lets the mail wait; any other one fails it."""
    words = f"{type(error).__name__}: {error}"[:2000]
    if delivery.is_passing(error) and mail.attempts < delivery.MAX_ATTEMPTS:
        mark(mail, State.WAITING, error=words, due_at=now + delivery.pause_after(mail.attempts), claimed_at=None)
    else:
        mark(mail, State.FAILED, error=words, done_at=now)
    logger.warning("Mail %s was not sent at attempt %s: %s", mail.pk, mail.attempts, type(error).__name__)


def is_given_up(mail: Mail) -> bool:
    """Claimed more often than it may be tried: every worker that took it was lost."""
    if mail.attempts <= delivery.MAX_ATTEMPTS:
        return False
    mark(
        mail,
        State.FAILED,
        error=mail.error or _("Every worker that took this mail was lost."),
        done_at=timezone.now(),
    )
    return True
