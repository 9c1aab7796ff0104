"""What a report is sealed to: the current epoch of each channel, asked anew each time and trusted by its pin."""

import logging
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from iesogi.vault import installation, sealing
from iesogi.vault.enums import Slug
from iesogi.vault.exceptions import NotOpenYet
from iesogi.vault.models import Channel, ChannelEpoch
from iesogi.vault.prepared import Prepared

logger = logging.getLogger(__name__)


class Epoch(NamedTuple):
    """What a report is sealed to."""

    pk: int
    channel: int
    slug: Slug
    number: int
    public: bytes
    pin: bytes


def current(slugs: list[Slug], *, locked: bool = False) -> dict[Slug, Epoch]:
    """One for each channel, with their rows under lock on demand. Raises NotOpenYet where one has none."""
    epochs = _epochs(tuple(slugs), locked=locked)
    # Whoever waited for a rotation finds the old epoch gone, and the new one only by looking again.
    for _look in range(2):
        found = {Slug(epoch.slug): _trusted(epoch) for epoch in map(Epoch._make, epochs.rows())}
        if not set(slugs) - set(found):
            return found
    raise NotOpenYet(_("This form is not open yet. Please come back later."))


def refuse_unless_open(slugs: Iterable[Slug]) -> None:
    """Raises NotOpenYet, with a sentence for the public."""
    current(list(slugs))


def pin_of(epoch: Epoch | ChannelEpoch) -> bytes:
    """Ties a public half to the intake secret, so that one put in through the database catches no report."""
    where = sealing.context("epoch", epoch.slug, epoch.number)
    return sealing.keyed(installation.subkey("epoch pins"), where.encode(), epoch.public, purpose="epoch pin")


@cache
def _epochs(slugs: tuple[Slug, ...], *, locked: bool) -> Prepared:
    """Channels stand in subqueries, so that the lock holds no row of theirs: a change of members does not wait."""
    channels = Channel.objects.filter(slug__in=slugs).values("pk")
    slug = Channel.objects.filter(pk=OuterRef("channel")).values("slug")
    rows = ChannelEpoch.objects.current().filter(channel__in=channels).annotate(slug=Subquery(slug)).order_by("pk")
    rows = rows.values_list(*Epoch._fields)
    return Prepared(rows.select_for_update if locked else rows.all)


def _trusted(epoch: Epoch) -> Epoch:
    if sealing.same(pin_of(epoch), epoch.pin):
        return epoch
    logger.critical(
        "The key of a channel is not the one it was made with; no report is sealed to it. See security.md."
    )
    raise NotOpenYet(_("This form is not open at the moment. Please come back later."))
