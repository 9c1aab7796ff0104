"""Vaults, channels, and who belongs to them. Rotation and disclosure have modules of their own.

Every change of a membership locks its channel, so that an admission and a rotation never miss each other.
"""

import logging
import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iesogi.accounts.models import User
from iesogi.audit import services as audit
from iesogi.vault import epochs, guard, installation, passphrases, records, sealing, sessions
from iesogi.vault.enums import ENOUGH_MEMBERS, FOUNDERS, OHCHR_ONLY, Kind, Slug, VaultState
from iesogi.vault.exceptions import ChangedKey, Damaged, NotAMember, VaultRefused, WrongPassphrase
from iesogi.vault.models import Channel, ChannelEpoch, ChannelGrant, Compartment, CompartmentGrant, RecordGrant, Vault
from iesogi.vault.permissions import may_have_vault, may_join
from iesogi.vault.records import OpenCompartment, Part, Place
from iesogi.vault.sessions import Unlocked

logger = logging.getLogger(__name__)
RECOVERY = "recovery"
CANARY = "An invented text for drills: if you can read this, the keys of this channel open what it holds."


# --- A vault --------------------------------------------------------------------------------------


def create_vault(user: User, passphrase: str) -> Vault:
    decision = may_have_vault(user)
    if not decision:
        raise VaultRefused(decision.reason)
    if Vault.objects.in_use().filter(user=user).exists():
        raise VaultRefused(_("This person has a vault in use; close it, or mark it as lost, first."))
    passphrases.check(passphrase, user=user)
    pair, salt, (passes, memory) = sealing.new_pair(), sealing.new_salt(), settings.VAULT_KDF
    key = _derive(passphrase, salt, settings.VAULT_KDF)
    vault = Vault(
        user=user,
        public=pair.public,
        salt=salt,
        passes=passes,
        memory=memory,
        private=sealing.seal(key, pair.private, aad=_vault_context(user, pair.public)),
    )
    with transaction.atomic():
        vault.save()
        audit.record(by=user, verb="vault.created", target=vault, fingerprint=sealing.fingerprint(vault.public))
    return vault


def _derive(passphrase: str, salt: bytes, cost: tuple[int, int]) -> bytes:
    with guard.kdf_slot():
        return sealing.stretch(passphrases.normalised(passphrase), salt, cost=cost)


def _vault_context(user: User, public: bytes) -> str:
    return sealing.context("vault", user.pk, public.hex())


def unlock(user: User, passphrase: str, *, now: datetime | None = None) -> Unlocked:
    """A wrong passphrase makes this vault wait, and nobody else's. Checks every public half the vault can check."""
    vault = _charge(user, now or timezone.now())
    try:
        key = _derive(passphrase, vault.salt, vault.cost)
        private = sealing.unseal(key, vault.private, aad=_vault_context(user, vault.public))
    except Damaged as error:
        audit.record(by=user, verb="vault.refused", target=vault)
        raise WrongPassphrase(_("This passphrase does not open your vault. Check capitals and keyboard.")) from error
    Vault.objects.filter(pk=vault.pk).update(failures=0, not_before=None)
    unlocked = Unlocked(user, vault.pk, private)
    if sealing.public_of(private) != vault.public:
        raise alarm(unlocked, vault, _("The public half of your vault was changed. Tell the administrator at once."))
    _check_epochs(unlocked)
    audit.record(by=user, verb="vault.unlocked", target=vault)
    return unlocked


@transaction.atomic
def _charge(user: User, now: datetime) -> Vault:
    """Counts the try before it is made, so that tries sent side by side wait for each other."""
    vault = Vault.objects.in_use().select_for_update().filter(user=user).first()
    if vault is None:
        raise VaultRefused(_("You have no vault yet. Choose a passphrase to make one."))
    if vault.not_before and now < vault.not_before:
        raise WrongPassphrase(_wait(math.ceil((vault.not_before - now) / timedelta(seconds=1))))
    vault.failures = min(vault.failures + 1, 1000)
    vault.not_before = now + guard.wait_after(vault.failures)
    vault.save(update_fields=["failures", "not_before"])
    return vault


def _wait(seconds: int) -> str:
    sentence = ngettext(
        "Please wait %(seconds)s second before the next try.",
        "Please wait %(seconds)s seconds before the next try.",
        seconds,
    )
    return sentence % {"seconds": seconds}


def _check_epochs(unlocked: Unlocked) -> None:
    """A changed channel does not keep the others shut; using it is refused each time."""
    epochs = ChannelEpoch.objects.not_retired().filter(grants__vault=unlocked.vault_id).select_related("channel")
    for epoch in epochs:
        try:
            channel_key(unlocked, epoch)
        except VaultRefused as refusal:
            logger.error("At an unlock: %s", refusal)
            continue
        _pin(epoch)


def _pin(epoch: ChannelEpoch) -> None:
    """After a new intake secret: the public half was just proven right, so intake may trust it again."""
    if installation.has_intake_secret() and epoch.pin != epochs.pin_of(epoch):
        ChannelEpoch.objects.filter(pk=epoch.pk, public=epoch.public).update(pin=epochs.pin_of(epoch))
        audit.record(by=None, verb="channel.pinned", target=epoch)


def alarm(unlocked: Unlocked, target, sentence: str) -> ChangedKey:
    """Leaves an audit entry and gives the exception to raise. Call it outside a transaction that will be undone."""
    audit.record(by=unlocked.user, verb="vault.alarm", target=target, what=sentence)
    return ChangedKey(sentence)


@transaction.atomic
def close_vault(user: User, *, state: VaultState = VaultState.CLOSED, by: User) -> list[str]:
    """For a leaver, or (LOST) before a new passphrase. The channels that have to be rotated now."""
    touched = [slug for slug in Slug.values if remove(slug, user, by=by)]
    for vault in Vault.objects.in_use().select_for_update().filter(user=user):
        RecordGrant.objects.filter(vault=vault).delete()
        vault.state = VaultState(state)
        vault.save(update_fields=["state"])
        audit.record(by=by, verb="vault.closed", target=vault, state=vault.state)
    sessions.end_all(user)
    return touched


# --- Channels -------------------------------------------------------------------------------------


def set_up_channels() -> list[Channel]:
    """Make the channels that are missing, sealed to the recovery key and to founders' vaults. No key is needed."""
    return [made for slug in Slug if (made := _set_up(slug))]


@transaction.atomic
def _set_up(slug: Slug) -> Channel | None:
    channel, is_new = Channel.objects.get_or_create(slug=slug, defaults={"ohchr_only": slug in OHCHR_ONLY})
    if not is_new:
        return None
    epoch, key = new_epoch(channel, number=1)
    give(epoch, key, None, by=None)
    roles = [role.value for role in FOUNDERS[slug]]
    for vault in Vault.objects.in_use().filter(user__groups__name__in=roles).select_related("user").distinct():
        if may_join(vault.user, slug):
            give(epoch, key, vault, by=None)
    _add_canary(epoch)
    audit.record(by=None, verb="channel.made", target=channel, members=epoch.grants.exclude(vault=None).count())
    return channel


def new_epoch(channel: Channel, *, number: int) -> tuple[ChannelEpoch, bytes]:
    """The row, and the private half, which only grants will hold."""
    pair = sealing.new_pair()
    epoch = ChannelEpoch(channel=channel, number=number, public=pair.public)
    epoch.pin = epochs.pin_of(epoch)
    epoch.save()
    return epoch, pair.private


def _add_canary(epoch: ChannelEpoch) -> None:
    pair, thread = sealing.new_pair(), sealing.new_key()
    row = Compartment.objects.create(channel=epoch.channel, public=pair.public, is_canary=True)
    place = Place(row.uuid, pair.public)
    records.write(place, [Part(Kind.NOTE, CANARY)], mark_key=sealing.mark_key_of(thread), at=timezone.now())
    sealed = records.seal_grant(place, pair.private, epoch, thread=thread)
    CompartmentGrant.objects.create(compartment=row, epoch=epoch, sealed=sealed)


def channel_context(epoch: ChannelEpoch) -> str:
    return sealing.context("channel", epoch.channel.slug, epoch.number)


def mark_of(channel_private: bytes, vault: Vault | None) -> bytes:
    if vault is None:
        return sealing.member_mark(channel_private, RECOVERY, installation.recovery_public())
    return sealing.member_mark(channel_private, sealing.context("user", vault.user_id), vault.public)


def give(epoch: ChannelEpoch, channel_private: bytes, vault: Vault | None, *, by: User | None) -> ChannelGrant:
    """Seal an epoch to a vault, or to the recovery key. Callers have judged whether they may."""
    public = vault.public if vault else installation.recovery_public()
    return ChannelGrant.objects.create(
        epoch=epoch,
        vault=vault,
        sealed=sealing.grant(public, channel_context(epoch), channel_private),
        member_mark=mark_of(channel_private, vault),
        given_by=by,
        given_on=timezone.localdate(),
    )


def locked_channel(slug: str) -> Channel:
    """Held by whoever changes a membership. Submitting does not wait for it."""
    return Channel.objects.select_for_update(no_key=True).get(slug=slug)


def open_epochs(slug: str) -> list[ChannelEpoch]:
    return list(ChannelEpoch.objects.not_retired().filter(channel__slug=slug).select_related("channel"))


def channel_key(unlocked: Unlocked, epoch: ChannelEpoch) -> bytes:
    """The private half of an epoch, for a member who may still use it: role, funding and second factor may be gone."""
    grant = ChannelGrant.objects.filter(epoch=epoch, vault=unlocked.vault_id, vault__state=VaultState.ACTIVE).first()
    if grant is None:
        raise NotAMember(_("Your vault is not a member of this channel. Ask one of its members to admit you."))
    decision = may_join(unlocked.user, epoch.channel.slug)
    if not decision:
        raise NotAMember(decision.reason)
    try:
        private = sealing.open_grant(unlocked.private, channel_context(epoch), grant.sealed)
    except Damaged as error:
        raise alarm(unlocked, epoch, _("Your key to this channel was changed. Tell the administrator.")) from error
    if sealing.public_of(private) != epoch.public:
        raise alarm(unlocked, epoch, _("The public half of this channel was changed. Reports may have been caught."))
    return private


# --- Members --------------------------------------------------------------------------------------


def admit(slug: str, vault: Vault, *, fingerprint: str, unlocked: Unlocked) -> None:
    """All old cases open at once for the new member, whose fingerprint was read aloud by its owner."""
    _judge_newcomer(slug, vault, fingerprint)
    keys = {epoch.pk: channel_key(unlocked, epoch) for epoch in open_epochs(slug)}
    _admit(slug, vault, keys, by=unlocked.user, verb="channel.admitted")


def admit_by_recovery(slug: str, vault: Vault, *, fingerprint: str, recovery_private: bytes, by: User | None) -> None:
    """When no member is left who could admit. The recovery key was together in one place, so a rotation is due."""
    _judge_newcomer(slug, vault, fingerprint)
    keys = {epoch.pk: recovered_key(epoch, recovery_private) for epoch in open_epochs(slug)}
    _admit(slug, vault, keys, by=by, verb="channel.recovered")
    ChannelEpoch.objects.not_retired().filter(channel__slug=slug).update(rotation_due=True)


def recovered_key(epoch: ChannelEpoch, recovery_private: bytes) -> bytes:
    grant = ChannelGrant.objects.filter(epoch=epoch, vault=None).first()
    try:
        private = sealing.open_grant(recovery_private, channel_context(epoch), grant.sealed if grant else b"")
    except Damaged as error:
        name = {"slug": epoch.channel.slug}
        raise VaultRefused(_("The two halves do not open the channel “%(slug)s”.") % name) from error
    if sealing.public_of(private) != epoch.public:
        raise VaultRefused(_("The public half of this channel was changed; do not use it before it was rotated."))
    _pin(epoch)
    return private


def _judge_newcomer(slug: str, vault: Vault, fingerprint: str) -> None:
    decision = may_join(vault.user, slug)
    if not decision:
        raise VaultRefused(decision.reason)
    if vault.state != VaultState.ACTIVE:
        raise VaultRefused(_("This vault is not in use any more."))
    if "".join(fingerprint.split()) != "".join(sealing.fingerprint(vault.public).split()):
        raise VaultRefused(_("The fingerprint read aloud is not the one of this vault. Do not admit; tell the team."))


@transaction.atomic
def _admit(slug: str, vault: Vault, keys: dict[int, bytes], *, by: User | None, verb: str) -> None:
    channel = locked_channel(slug)
    epochs = open_epochs(slug)
    if {epoch.pk for epoch in epochs} - set(keys):
        raise VaultRefused(_("The channel is being rotated at this moment. Try again."))
    new = [epoch for epoch in epochs if not epoch.grants.filter(vault=vault).exists()]
    if not new:
        raise VaultRefused(_("This vault is a member of the channel already."))
    for epoch in new:
        give(epoch, keys[epoch.pk], vault, by=by)
    mark = sealing.fingerprint(vault.public)
    audit.record(by=by, verb=verb, target=channel, user=vault.user.username, fingerprint=mark)


@transaction.atomic
def remove(slug: str, user: User, *, by: User | None) -> bool:
    """Takes the grants away and asks for a rotation, for the old key may be known. True if it was a member."""
    channel = Channel.objects.select_for_update(no_key=True).filter(slug=slug).first()
    grants = ChannelGrant.objects.filter(epoch__channel=channel, vault__user=user)
    if channel is None or not grants.exists():
        return False
    grants.delete()
    ChannelEpoch.objects.not_retired().filter(channel=channel).update(rotation_due=True)
    sessions.end_all(user)
    audit.record(by=by, verb="channel.removed", target=channel, user=user.username)
    return True


def members_of(slug: str) -> list[Vault]:
    current = ChannelEpoch.objects.current().filter(channel__slug=slug)
    found = Vault.objects.in_use().filter(channel_grants__epoch__in=current)
    return list(found.select_related("user").order_by("user__username"))


def thin_channels() -> dict[Slug, int]:
    """Channels that one lost passphrase or one leaver would close, and how many members they have."""
    counts = {slug: len(members_of(slug)) for slug in ENOUGH_MEMBERS}
    return {slug: count for slug, count in counts.items() if count < ENOUGH_MEMBERS[slug]}


# --- Opening --------------------------------------------------------------------------------------


def open_compartments(unlocked: Unlocked, places: Iterable[UUID]) -> dict[UUID, OpenCompartment | None]:
    """Each compartment that was asked for; None where its key is damaged, so that one bad row closes no list."""
    found = CompartmentGrant.objects.filter(compartment__in=list(places))
    keys: dict[int, bytes] = {}
    opened = {}
    for grant in found.select_related("compartment", "epoch__channel"):
        if grant.epoch_id not in keys:
            keys[grant.epoch_id] = channel_key(unlocked, grant.epoch)
        opened[grant.compartment_id] = _opened(grant, keys[grant.epoch_id])
    return opened


def _opened(grant: CompartmentGrant, key: bytes) -> OpenCompartment | None:
    try:
        return records.open_grant(grant, key)
    except Damaged:
        return None


def open_compartment(unlocked: Unlocked, place: UUID) -> OpenCompartment:
    grant = CompartmentGrant.objects.select_related("compartment", "epoch__channel").filter(compartment=place).first()
    if grant is None:
        raise Damaged(_("The key of this compartment is gone; its content was erased."))
    return records.open_grant(grant, channel_key(unlocked, grant.epoch))
