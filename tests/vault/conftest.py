"""Cheap key derivation, a recovery key whose private half is known, and people with second factors and vaults."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage

from iesogi.accounts.enums import PaidBy, Role
from iesogi.accounts.models import User
from iesogi.vault import blobs, members, receipts, sealing
from iesogi.vault.enums import Kind, Slug
from iesogi.vault.intake import submit_sealed
from iesogi.vault.records import Part

PASSPHRASE = "seven quiet herons cross the lake"
RECOVERY = bytes(range(32))
AT = datetime(2021, 6, 21, 8, 30, tzinfo=UTC)
CHEAP = (1, 8192)


@pytest.fixture(autouse=True)
def keys(settings):
    settings.VAULT_KDF = settings.RECEIPT_KDF = CHEAP
    settings.RECOVERY_PUBLIC_KEY = sealing.public_of(RECOVERY).hex()
    settings.INTAKE_SECRET = "11" * 32


@pytest.fixture(autouse=True)
def no_blobs():
    """Tests share a storage, and a row that is rolled back leaves its file there."""
    if default_storage.exists(blobs.FOLDER):
        blobs.drop(f"{blobs.FOLDER}/{name}" for name in default_storage.listdir(blobs.FOLDER)[1])


def person(username, role=Role.DESK_OFFICER, *, paid_by=PaidBy.OHCHR):
    user = User.objects.create_user(username=username, email=f"{username}@example.org", is_staff=True, paid_by=paid_by)
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


def with_vault(username, role=Role.DESK_OFFICER, **kwargs):
    user = person(username, role, **kwargs)
    members.create_vault(user, PASSPHRASE)
    return members.unlock(user, PASSPHRASE)


def vault_of(unlocked):
    return unlocked.user.vaults.get(pk=unlocked.vault_id)


def fingerprint_of(unlocked):
    return sealing.fingerprint(vault_of(unlocked).public)


def admit(slug, newcomer, by):
    members.admit(slug, vault_of(newcomer), fingerprint=fingerprint_of(newcomer), unlocked=by)


def submit(story="They came at night.", name="A. N.", **kwargs):
    given = {
        "number": receipts.new_number(),
        "content": [Part(Kind.REPORT, {"story": story})],
        "identity": [Part(Kind.PEOPLE, {"A": name})],
        "at": AT,
    }
    return submit_sealed(**given | kwargs)


@pytest.fixture
def amal(db):
    """Intake officer, member of `cases` from the start."""
    return with_vault("amal")


@pytest.fixture
def custodian(db):
    """The mandate holder, member of `identity` from the start."""
    return with_vault("custodian", Role.MANDATE_HOLDER)


@pytest.fixture
def channels(amal, custodian):
    return {channel.slug: channel for channel in members.set_up_channels()}


@pytest.fixture
def bela(channels):
    """A second intake officer, not admitted to anything yet."""
    return with_vault("bela")


@pytest.fixture
def case(channels):
    return submit()


@pytest.fixture
def cases_epoch(channels):
    return members.open_epochs(Slug.CASES)[0]
