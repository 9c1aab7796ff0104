"""One record for one person until a day: a custodian gives a name or a file, and nothing beside it."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.vault import files, records, sealing
from iesogi.vault.enums import VaultState
from iesogi.vault.exceptions import Damaged, NotAMember, VaultRefused
from iesogi.vault.members import open_compartment
from iesogi.vault.models import RecordGrant, SealedRecord, Vault
from iesogi.vault.permissions import may_have_vault, may_open
from iesogi.vault.records import Opened
from iesogi.vault.sessions import Unlocked


def _context(record: SealedRecord, vault: Vault) -> str:
    return sealing.context("disclosure", record.uuid, vault.pk)


def disclose(record: SealedRecord, vault: Vault, *, fingerprint: str, until: date, unlocked: Unlocked) -> RecordGrant:
    """A second time for the same person moves the last day."""
    _judge(record, vault, fingerprint, until)
    opened = open_compartment(unlocked, record.compartment_id)
    key = records.key_of(record, opened)
    with transaction.atomic():
        given, _is_new = RecordGrant.objects.update_or_create(
            record=record,
            vault=vault,
            defaults={
                "sealed": sealing.grant(vault.public, _context(record, vault), key),
                "given_by": unlocked.user,
                "given_on": timezone.localdate(),
                "expires_on": until,
            },
        )
        audit.record(by=unlocked.user, verb="record.disclosed", target=record, to=vault.user.username, until=until)
    return given


def _judge(record: SealedRecord, vault: Vault, fingerprint: str, until: date) -> None:
    for decision in (may_open(vault.user, record.compartment.channel.slug), may_have_vault(vault.user)):
        if not decision:
            raise VaultRefused(decision.reason)
    if vault.state != VaultState.ACTIVE:
        raise VaultRefused(_("This vault is not in use any more."))
    if until < timezone.localdate():
        raise VaultRefused(_("The last day lies in the past. Choose a later one."))
    if "".join(fingerprint.split()) != "".join(sealing.fingerprint(vault.public).split()):
        raise VaultRefused(_("The fingerprint read aloud is not the one of this vault. Do not go on; tell the team."))


def read(record: SealedRecord, *, unlocked: Unlocked, on: date) -> Opened:
    """What was disclosed to this person, while it lasts. Every reading is in the audit."""
    return records.read_with(record, _disclosed_key(record, unlocked, on))


def download(record: SealedRecord, *, unlocked: Unlocked, on: date) -> Iterator[bytes]:
    """A disclosed file, verified whole before the first byte; audited like a reading."""
    return files.download_with(record, _disclosed_key(record, unlocked, on))


def _disclosed_key(record: SealedRecord, unlocked: Unlocked, on: date) -> bytes:
    decision = may_open(unlocked.user, record.compartment.channel.slug)
    if not decision:
        raise NotAMember(decision.reason)
    vault = Vault.objects.in_use().filter(pk=unlocked.vault_id).first()
    given = RecordGrant.objects.valid(on=on).filter(record=record, vault=vault).first() if vault else None
    if given is None:
        raise NotAMember(_("This record is not disclosed to you, or the disclosure has ended. Ask a custodian."))
    audit.record(by=unlocked.user, verb="record.read", target=record)
    return _key(record, given, vault, unlocked)


def _key(record, given, vault, unlocked) -> bytes:
    try:
        return sealing.open_grant(unlocked.private, _context(record, vault), given.sealed)
    except Damaged as error:
        raise Damaged(_("This disclosure was changed and opens nothing. Ask a custodian for a new one.")) from error


def expire(*, on: date) -> int:
    """Part of the tick: what has ended is deleted, not only hidden."""
    return RecordGrant.objects.expired(on=on).delete()[0]
