"""Brakes: few places for deriving keys, a bucket of tries per network, a wait per vault. Nobody is ever locked out.

Slots and buckets live in the memory of each web process, the one exception to the rule against that: what is made from
an address must not reach a disk. With N processes the limits are N times as high.
"""

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.utils.translation import gettext as _

from iesogi.vault.exceptions import Busy

LONGEST_WAIT = 60
HOUR = 3600


class Slots:
    """Places for Argon2id, which takes 64 to 128 MiB each; whoever finds none within `patience` seconds is told so."""

    def __init__(self, count: int, *, patience: float):
        self._places = threading.BoundedSemaphore(count)
        self._patience = patience

    @contextmanager
    def one(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self._patience):
            raise Busy(
                _("Too many people are sending at this moment. What you typed is kept; send it again in a minute."),
                retry_after=30,
            )
        try:
            yield
        finally:
            self._places.release()


_slots = Slots(settings.KDF_SLOTS, patience=settings.KDF_PATIENCE)


def kdf_slot():
    return _slots.one()


def wait_after(failures: int) -> timedelta:
    """1, 2, 4 ... 60 seconds after the first, second, third ... wrong passphrase in a row."""
    return timedelta(seconds=min(2 ** (min(failures, 10) - 1), LONGEST_WAIT) if failures else 0)


def network_of(address: str | None) -> str:
    """The neighbourhood an address belongs to: one person's many addresses share a bucket. Unknown ones share one."""
    try:
        found = ip_address((address or "").split("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback:
        return "onion"  # the onion service of this host comes from itself
    keep = 3 if isinstance(found, IPv4Address) else 7
    return f"{found.version}:{found.packed[:keep].hex()}"


class Buckets:
    """`burst` tries at once, then `per_minute`, for each network, under a key that is thrown away every hour."""

    def __init__(
        self, *, burst: int, per_minute: float, most: int = 10_000, clock: Callable[[], float] = time.monotonic
    ):
        self._burst, self._rate, self._most, self._clock = burst, per_minute / 60, most, clock
        self._lock = threading.Lock()
        self._renew(clock())

    def _renew(self, now: float) -> None:
        self._key, self._born, self._levels = secrets.token_bytes(32), now, OrderedDict()

    def allow(self, address: str | None) -> bool:
        with self._lock:
            now = self._clock()
            if now - self._born >= HOUR:
                self._renew(now)
            name = hmac.new(self._key, network_of(address).encode(), hashlib.sha256).digest()
            level, since = self._levels.pop(name, (float(self._burst), now))
            level = min(self._burst, level + (now - since) * self._rate)
            self._levels[name] = (level - 1 if level >= 1 else level, now)
            if len(self._levels) > self._most:
                self._levels.popitem(last=False)
            return level >= 1
