"""The two values that an installation brings along: the intake secret and the public half of the recovery key.

In production both stand in the environment. A trial or a developer's copy makes its own, as files under VAR_DIR, the
two recovery halves among them, which is why such an installation must never hold a real case.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from iesogi.vault import recovery, sealing

DOCS = "docs/security.md, “Ceremonies”, says how each is made."


def is_embedded() -> bool:
    return settings.DEMO or settings.DEBUG


def folder() -> Path:
    return Path(settings.VAR_DIR) / "vault"


def _kept(name: str) -> bytes:
    path = folder() / name
    return bytes.fromhex(path.read_text("ascii")) if is_embedded() and path.exists() else b""


def half_paths() -> tuple[Path, Path]:
    return folder() / "recovery-half-a", folder() / "recovery-half-b"


def halves_on_disk() -> list[Path]:
    return [path for path in half_paths() if path.exists()]


def has_intake_secret() -> bool:
    return bool(settings.INTAKE_SECRET or _kept("intake-secret"))


def has_recovery_public() -> bool:
    return bool(settings.RECOVERY_PUBLIC_KEY or _kept("recovery-public"))


def intake_secret() -> bytes:
    """Belongs to the web process alone: whoever holds it and the database may try numbers at their own speed."""
    found = bytes.fromhex(settings.INTAKE_SECRET) or _kept("intake-secret")
    if not found:
        raise ImproperlyConfigured(
            "INTAKE_SECRET is missing, so no report can be taken and no number read. "
            f"Set it in the environment of the web process to 64 hexadecimal digits; {DOCS}"
        )
    return found


def recovery_public() -> bytes:
    found = bytes.fromhex(settings.RECOVERY_PUBLIC_KEY) or _kept("recovery-public")
    if not found:
        raise ImproperlyConfigured(
            "RECOVERY_PUBLIC_KEY is missing, so a lost passphrase could cost every case. "
            f"Set it to what `vault_keygen` printed; {DOCS}"
        )
    return found


def subkey(purpose: str, *, size: int = sealing.KEY) -> bytes:
    return sealing.keyed(intake_secret(), purpose=purpose, size=size)


def make_embedded() -> list[str]:
    """Make what a trial lacks; the names of the files that are new."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    if not has_intake_secret():
        made.append(_write("intake-secret", sealing.new_key().hex()))
    if not has_recovery_public():
        pair = sealing.new_pair()
        half_a, half_b = recovery.write_halves(pair.private)
        made += [_write("recovery-half-a", half_a), _write("recovery-half-b", half_b)]
        made.append(_write("recovery-public", pair.public.hex()))
    return made


def _write(name: str, text: str) -> str:
    handle = os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    return name


def refuse_unless_ready() -> None:
    """Asked by the web process as it starts. Worker and commands need no intake secret, and should have none."""
    if is_embedded():
        return
    intake_secret()
    recovery_public()
    if halves_on_disk():
        raise ImproperlyConfigured(
            f"Recovery halves lie on this machine, in {folder()}; whoever copies them reads every case. "
            f"Take this folder away before the portal is used; {DOCS}"
        )
