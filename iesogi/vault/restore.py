"""Do the paper halves still open everything? Asked after a restore, and in every drill."""

from typing import NamedTuple

from iesogi.vault import records
from iesogi.vault.exceptions import Damaged
from iesogi.vault.members import CANARY, open_epochs, recovered_key
from iesogi.vault.models import Channel, CompartmentGrant


class Finding(NamedTuple):
    slug: str
    opened: int
    damaged: int
    canary_reads: bool

    @property
    def is_good(self) -> bool:
        return self.canary_reads and not self.damaged


def check(recovery_private: bytes) -> list[Finding]:
    """Opens the key of every compartment, and reads the invented text of each channel; no real text is read."""
    return [_check(channel.slug, recovery_private) for channel in Channel.objects.all()]


def _check(slug: str, recovery_private: bytes) -> Finding:
    opened = damaged = 0
    canary_reads = False
    for epoch in open_epochs(slug):
        key = recovered_key(epoch, recovery_private)
        grants = CompartmentGrant.objects.filter(epoch=epoch).select_related("compartment", "epoch__channel")
        for grant in grants.iterator(chunk_size=1000):
            try:
                compartment = records.open_grant(grant, key)
            except Damaged:
                damaged += 1
                continue
            opened += 1
            if grant.compartment.is_canary:
                canary_reads = _reads(grant, compartment)
    return Finding(slug, opened, damaged, canary_reads)


def _reads(grant: CompartmentGrant, compartment: records.OpenCompartment) -> bool:
    try:
        return [records.read(row, compartment).content for row in grant.compartment.records.all()] == [CANARY]
    except Damaged:
        return False
