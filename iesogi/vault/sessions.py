"""Unlocked for a while: keys in a row that only the secret in the visitor's cookie opens.

Pure of requests: callers pass the value of the cookie and, for staff, what names their login session. When the login
ends (logout, new password), its name changes, and the row opens nothing any more.
"""

import base64
import binascii
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from iesogi.accounts.models import User
from iesogi.vault import sealing
from iesogi.vault.exceptions import Damaged
from iesogi.vault.intake import Thread
from iesogi.vault.models import KeyBox, Vault

STAFF_IDLE, REPORTER_IDLE, LIFE = timedelta(minutes=10), timedelta(minutes=20), timedelta(hours=2)
# A page with many parts would else write once for each.
WORTH_A_WRITE = timedelta(seconds=30)


@dataclass(frozen=True)
class Unlocked:
    """An open vault. Held for one request or one command, never stored but in a key box."""

    user: User
    vault_id: int
    private: bytes = field(repr=False)


def start_staff(unlocked: Unlocked, *, login_session: str, now: datetime | None = None) -> str:
    """The value for the cookie. Every unlock has a new secret."""
    keys = unlocked.vault_id.to_bytes(8, "big") + unlocked.private
    where = _staff_context(unlocked.user, login_session)
    return _start(keys, where, user=unlocked.user, idle=STAFF_IDLE, now=now or timezone.now())


def staff(cookie: str, *, user: User, login_session: str, now: datetime | None = None) -> Unlocked | None:
    keys = _keys(cookie, _staff_context(user, login_session), idle=STAFF_IDLE, now=now or timezone.now())
    if keys is None:
        return None
    vault_id, private = int.from_bytes(keys[:8], "big"), keys[8:]
    in_use = Vault.objects.in_use().filter(pk=vault_id, user=user).exists()
    return Unlocked(user, vault_id, private) if in_use else None


def start_reporter(thread: Thread, *, now: datetime | None = None) -> str:
    return _start(thread.packed(), "reporter", user=None, idle=REPORTER_IDLE, now=now or timezone.now())


def reporter(cookie: str, *, now: datetime | None = None) -> Thread | None:
    keys = _keys(cookie, "reporter", idle=REPORTER_IDLE, now=now or timezone.now())
    return Thread.unpacked(keys) if keys else None


def ends_at(cookie: str) -> datetime | None:
    """When an unlocked session ends if nothing more is done in it."""
    secret = _secret(cookie)
    return KeyBox.objects.filter(pk=_id(secret)).values_list("idle_until", flat=True).first() if secret else None


def end(cookie: str) -> None:
    secret = _secret(cookie)
    if secret:
        KeyBox.objects.filter(pk=_id(secret)).delete()


def end_all(user: User) -> int:
    """When a role, a membership or a second factor is taken away."""
    return KeyBox.objects.filter(user=user).delete()[0]


def sweep(*, now: datetime) -> int:
    return KeyBox.objects.dead(now=now).delete()[0]


def _staff_context(user: User, login_session: str) -> str:
    return sealing.context("staff", user.pk, login_session)


def _secret(cookie: str) -> bytes:
    try:
        secret = base64.urlsafe_b64decode((cookie or "").encode())
    except (binascii.Error, ValueError):
        return b""
    return secret if len(secret) == sealing.KEY else b""


def _id(secret: bytes) -> str:
    return sealing.keyed(secret, purpose="key box id").hex()


def _start(keys: bytes, where: str, *, user: User | None, idle: timedelta, now: datetime) -> str:
    secret = secrets.token_bytes(sealing.KEY)
    box = sealing.seal(sealing.keyed(secret, purpose="key box key"), keys, aad=where)
    KeyBox.objects.create(id=_id(secret), user=user, box=box, idle_until=now + idle, dies_at=now + LIFE)
    return base64.urlsafe_b64encode(secret).decode()


def _keys(cookie: str, where: str, *, idle: timedelta, now: datetime) -> bytes | None:
    secret = _secret(cookie)
    row = KeyBox.objects.alive(now=now).filter(pk=_id(secret)).first() if secret else None
    if row is None:
        return None
    try:
        keys = sealing.unseal(sealing.keyed(secret, purpose="key box key"), row.box, aad=where)
    except Damaged:
        return None
    _prolong(row, min(now + idle, row.dies_at))
    return keys


def _prolong(row: KeyBox, until: datetime) -> None:
    if until - row.idle_until >= WORTH_A_WRITE:
        KeyBox.objects.filter(pk=row.pk).update(idle_until=until)
