"""A new key for a channel: after somebody left, once a year, and on any doubt.

Three steps, each of which may be cut off and taken up again by the next run: a new epoch for the members there are;
every compartment's key sealed to it, in batches; the old epoch retired once nothing is sealed to it. Records
themselves stay as they are.
"""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.vault import installation, records, sealing
from iesogi.vault.enums import EpochState
from iesogi.vault.exceptions import Damaged, VaultRefused
from iesogi.vault.members import alarm, channel_key, give, locked_channel, mark_of, new_epoch, open_epochs
from iesogi.vault.models import Channel, ChannelEpoch, ChannelGrant, CompartmentGrant
from iesogi.vault.permissions import may_join
from iesogi.vault.sessions import Unlocked

BATCH = 200


class Rotation(NamedTuple):
    epoch: int
    sealed_anew: int
    damaged: int
    is_finished: bool


def rotate(slug: str, *, unlocked: Unlocked, new_recovery: str = "", batch: int = BATCH) -> Rotation:
    """`new_recovery` is the fingerprint of a recovery key that was changed on purpose; else a change is an alarm."""
    if not any(epoch.state == EpochState.LEAVING for epoch in open_epochs(slug)):
        _begin(slug, unlocked, new_recovery)
    return _finish(slug, unlocked, batch)


def _epoch(slug: str, state: EpochState) -> ChannelEpoch:
    return ChannelEpoch.objects.select_related("channel").get(channel__slug=slug, state=state)


# --- (a) a new epoch ------------------------------------------------------------------------------


def _begin(slug: str, unlocked: Unlocked, new_recovery: str) -> None:
    if not Channel.objects.filter(slug=slug).exists():
        raise VaultRefused(_("There is no such channel yet; set up the channels first."))
    epoch = _epoch(slug, EpochState.CURRENT)
    key = channel_key(unlocked, epoch)
    _judge_members(epoch, key, unlocked)
    _judge_recovery(epoch, key, unlocked, new_recovery)
    _replace(epoch, key, unlocked)


def _judge_members(epoch: ChannelEpoch, key: bytes, unlocked: Unlocked) -> None:
    """Nobody is carried over whose vault is not the one that was admitted, or who may not belong any more."""
    for grant in _grants(epoch):
        name = {"name": grant.vault.user.username}
        if not sealing.same(grant.member_mark, mark_of(key, grant.vault)):
            sentence = _("The vault of %(name)s is not the one that was admitted; remove it.") % name
            raise alarm(unlocked, epoch, sentence)
        decision = may_join(grant.vault.user, epoch.channel.slug)
        if not decision:
            name["reason"] = decision.reason
            raise VaultRefused(_("Remove %(name)s first, who may not belong to this channel: %(reason)s") % name)


def _grants(epoch: ChannelEpoch) -> list[ChannelGrant]:
    return list(epoch.grants.exclude(vault=None).select_related("vault__user"))


def _judge_recovery(epoch: ChannelEpoch, key: bytes, unlocked: Unlocked, new_recovery: str) -> None:
    grant = epoch.grants.filter(vault=None).first()
    if grant and sealing.same(grant.member_mark, mark_of(key, None)):
        return
    known = sealing.fingerprint(installation.recovery_public())
    if "".join(new_recovery.split()) != "".join(known.split()):
        sentence = _("The recovery key is not the one of the last rotation. Compare its fingerprint with the paper.")
        raise alarm(unlocked, epoch, sentence)


@transaction.atomic
def _replace(epoch: ChannelEpoch, key: bytes, unlocked: Unlocked) -> None:
    channel = locked_channel(epoch.channel.slug)
    old = ChannelEpoch.objects.select_for_update(of=("self",)).select_related("channel").get(pk=epoch.pk)
    if old.state != EpochState.CURRENT:
        return  # somebody else began this rotation; it is taken up from here
    members = [grant.vault for grant in _grants(old) if sealing.same(grant.member_mark, mark_of(key, grant.vault))]
    old.state = EpochState.LEAVING
    old.save(update_fields=["state"])
    new, new_key = new_epoch(channel, number=old.number + 1)
    for vault in [None, *members]:
        give(new, new_key, vault, by=unlocked.user)
    counts = {"epoch": new.number, "members": len(members)}
    audit.record(by=unlocked.user, verb="channel.rotation_begun", target=channel, **counts)


# --- (b) and (c) every compartment, then the end of the old epoch ---------------------------------


def _finish(slug: str, unlocked: Unlocked, batch: int) -> Rotation:
    old, new = _epoch(slug, EpochState.LEAVING), _epoch(slug, EpochState.CURRENT)
    key = channel_key(unlocked, old)
    channel_key(unlocked, new)  # whose public half everything is about to be sealed to
    done, damaged = 0, set()
    while grants := _next(old, damaged, batch):
        done += _seal_anew(grants, new, key, damaged)
    is_finished = _retire(old, unlocked, sealed_anew=done, damaged=len(damaged))
    return Rotation(new.number, done, len(damaged), is_finished)


def _next(old: ChannelEpoch, damaged: set, batch: int) -> list:
    return list(
        CompartmentGrant.objects.filter(epoch=old).exclude(pk__in=damaged).values_list("pk", flat=True)[:batch]
    )


@transaction.atomic
def _seal_anew(pks: list, new: ChannelEpoch, key: bytes, damaged: set) -> int:
    found = CompartmentGrant.objects.select_for_update(of=("self",)).filter(pk__in=pks)
    ready = []
    for grant in found.exclude(epoch=new).select_related("compartment", "epoch__channel"):
        try:
            opened = records.open_grant(grant, key)
        except Damaged:
            damaged.add(grant.pk)
            continue
        keys = {"thread": opened.thread} if opened.thread else {"mark_key": opened.mark_key}
        grant.sealed = records.seal_grant(opened.place, opened.private, new, **keys)
        grant.epoch = new
        ready.append(grant)
    CompartmentGrant.objects.bulk_update(ready, ["epoch", "sealed"])
    return len(ready)


@transaction.atomic
def _retire(old: ChannelEpoch, unlocked: Unlocked, **counts: int) -> bool:
    """Damaged keys stay sealed to the old epoch, which then cannot end; staff are told how many there are."""
    channel = locked_channel(old.channel.slug)
    old = ChannelEpoch.objects.select_for_update().get(pk=old.pk)
    is_empty = not old.compartment_grants.exists()
    if is_empty and old.state == EpochState.LEAVING:
        old.grants.all().delete()
        old.state = EpochState.RETIRED
        old.rotation_due = False
        old.pin = bytes(sealing.KEY)  # put back to current through the database, it would not be trusted
        old.save(update_fields=["state", "rotation_due", "pin"])
    audit.record(by=unlocked.user, verb="channel.rotated", target=channel, is_finished=is_empty, **counts)
    return is_empty
