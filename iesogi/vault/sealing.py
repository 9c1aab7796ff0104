"""All primitives of the vault, and the only module that imports the crypto library.

What each format protects against stands beside it; `docs/security.md` says it in plain words. Formats are held by
vectors in `tests/vault/test_vectors.py`, because whatever is in a database must open for as long as it is kept.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from uuid import UUID

from django.utils.translation import gettext as _
from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import Aead

from iesogi.vault.exceptions import Damaged, VaultRefused

KEY = 32
SALT = argon2id.SALTBYTES
CHUNK = 64 * 1024
SMALL_STEP, LARGE_STEP, SMALL_TEXT = 1024, 4096, 16 * 1024
LENGTH = 8  # the true length of a file closes its stream
CONTEXT = 16


@dataclass(frozen=True)
class Pair:
    private: bytes = field(repr=False)
    public: bytes


def new_key() -> bytes:
    return secrets.token_bytes(KEY)


def new_salt() -> bytes:
    return secrets.token_bytes(SALT)


def new_pair() -> Pair:
    private = new_key()
    return Pair(private, public_of(private))


def public_of(private: bytes) -> bytes:
    return bytes(PrivateKey(private).public_key)


def context(*parts: object) -> str:
    """Says what is sealed and where it belongs; a sealed thing that is moved elsewhere no longer opens."""
    return "|".join(str(part) for part in parts)


def keyed(key: bytes, *parts: bytes, purpose: str, size: int = KEY) -> bytes:
    """BLAKE2b under a key, for one purpose. Each part comes with its length, so no two lists of parts look alike."""
    digest = hashlib.blake2b(key=key, digest_size=size, person=purpose.encode())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def same(left: bytes, right: bytes) -> bool:
    return hmac.compare_digest(left, right)


def fingerprint(public: bytes) -> str:
    """Six groups of five digits (some 99 bits) for two people to compare by reading them aloud."""
    number = int.from_bytes(hashlib.blake2b(public, digest_size=32, person=b"fingerprint").digest(), "big")
    digits = str(number % 10**30).zfill(30)
    return " ".join(digits[start : start + 5] for start in range(0, 30, 5))


def stretch(secret: bytes, salt: bytes, *, cost: tuple[int, int], size: int = KEY) -> bytes:
    """Argon2id; `cost` is passes and bytes of memory. Call it inside `guard.kdf_slot()`."""
    return argon2id.kdf(size, secret, salt, opslimit=cost[0], memlimit=cost[1])


# --- Grants: a key for the holder of a private half, bound to its place --------------------------


def _context_hash(where: str) -> bytes:
    return hashlib.blake2b(where.encode(), digest_size=CONTEXT).digest()


def grant(public: bytes, where: str, key: bytes) -> bytes:
    return bytes(SealedBox(PublicKey(public)).encrypt(_context_hash(where) + key))


def open_grant(private: bytes, where: str, sealed: bytes) -> bytes:
    try:
        opened = SealedBox(PrivateKey(private)).decrypt(sealed)
    except (CryptoError, ValueError, TypeError) as error:
        raise Damaged(_("This key does not open; it was changed or sealed to somebody else.")) from error
    if not same(opened[:CONTEXT], _context_hash(where)):
        raise Damaged(_("This key was sealed for another place and does not open here."))
    return opened[CONTEXT:]


# --- Boxes and records: authenticated encryption bound to what it belongs to ---------------------


def seal(key: bytes, plain: bytes, *, aad: str) -> bytes:
    return bytes(Aead(key).encrypt(plain, aad.encode()))


def unseal(key: bytes, sealed: bytes, *, aad: str) -> bytes:
    try:
        return Aead(key).decrypt(sealed, aad.encode())
    except (CryptoError, ValueError, TypeError) as error:
        raise Damaged(_("This text does not open; it was changed or moved.")) from error


def _step(padded_length: int) -> int:
    """A padded text tells its own step: the small one ends at 17 KiB, the large one begins at 20."""
    return SMALL_STEP if padded_length <= SMALL_TEXT + SMALL_STEP else LARGE_STEP


def pad(plain: bytes) -> bytes:
    """To the next step, so that the stored length says little about what was written."""
    return bindings.sodium_pad(plain, SMALL_STEP if len(plain) <= SMALL_TEXT else LARGE_STEP)


def unpad(padded: bytes) -> bytes:
    try:
        return bindings.sodium_unpad(padded, _step(len(padded)))
    except CryptoError as error:
        raise Damaged(_("This text is not filled up as it should be.")) from error


def seal_record(key: bytes, content: Any, *, aad: str) -> bytes:
    try:
        plain = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except (UnicodeEncodeError, ValueError, TypeError) as error:
        raise VaultRefused(
            _("The text has a character that cannot be kept, such as half of an emoji. Remove it and send again.")
        ) from error
    return seal(key, pad(plain), aad=aad)


def open_record(key: bytes, sealed: bytes, *, aad: str) -> Any:
    return json.loads(unpad(unseal(key, sealed, aad=aad)))


# --- Marks: made by whoever may write to a case, not by someone with only the database ------------


def mark_key_of(thread: bytes) -> bytes:
    return keyed(thread, purpose="mark key")


def answer_key_of(thread: bytes) -> bytes:
    return keyed(thread, purpose="answer key")


def mark(mark_key: bytes, aad: str, sealed_key: bytes, body: bytes) -> bytes:
    return keyed(mark_key, aad.encode(), sealed_key, body, purpose="record mark")


# --- Files: a stream that shows any cut, swap or flip, and hides its exact size -------------------


def padme(length: int) -> int:
    """Nikitin et al. 2019: at most 11.6 % more, and few different sizes in all."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    loose = exponent - exponent.bit_length()
    mask = (1 << max(loose, 0)) - 1
    return (length + mask) & ~mask


def file_context(record: UUID) -> str:
    """The record alone: a file is sealed while it arrives, before there is a case. Its key is granted to the case."""
    return context("file", record)


class StreamSealer:
    """Seals a file while it arrives in pieces of any size; holds one of its own pieces back."""

    def __init__(self, key: bytes, *, aad: str):
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        self._start = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, key)
        self._aad = aad.encode()
        self._waiting = b""
        self.length = 0

    def _push(self, piece: bytes, tag: int = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE) -> bytes:
        return bindings.crypto_secretstream_xchacha20poly1305_push(self._state, piece, self._aad, tag)

    def _sealed(self, data: bytes) -> Iterator[bytes]:
        if self._start:
            yield self._start
            self._start = b""
        taken = 0
        while len(self._waiting) + len(data) - taken > CHUNK:  # one byte at least is kept for the last piece
            missing = CHUNK - len(self._waiting)
            yield self._push(self._waiting + data[taken : taken + missing])
            self._waiting, taken = b"", taken + missing
        self._waiting += data[taken:]

    def add(self, data: bytes) -> bytes:
        self.length += len(data)
        return b"".join(self._sealed(data))

    def end(self) -> Iterator[bytes]:
        """Zeros up to the padded size, and the true length."""
        missing = padme(self.length) - self.length
        for start in range(0, missing, CHUNK):
            yield from self._sealed(bytes(min(CHUNK, missing - start)))
        yield from self._sealed(self.length.to_bytes(LENGTH, "big"))
        yield self._push(self._waiting, bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL)


def seal_stream(key: bytes, chunks: Iterable[bytes], *, aad: str) -> Iterator[bytes]:
    """Pieces of the sealed file, whatever the size of the pieces that come in."""
    sealer = StreamSealer(key, aad=aad)
    for chunk in chunks:
        yield sealer.add(chunk)
    yield from sealer.end()


def _pulled(key: bytes, source: BinaryIO, *, aad: str) -> Iterator[bytes]:
    cut = _("This file is damaged: part of it is missing or was changed.")
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    is_final = False
    try:
        header = source.read(bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES)
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
        while sealed := source.read(CHUNK + bindings.crypto_secretstream_xchacha20poly1305_ABYTES):
            if is_final:
                raise Damaged(cut)
            piece, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, sealed, aad.encode())
            is_final = tag == bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
            yield piece
    except (CryptoError, ValueError, TypeError) as error:
        raise Damaged(cut) from error
    if not is_final:
        raise Damaged(cut)


def verify_stream(key: bytes, source: BinaryIO, *, aad: str) -> int:
    """Read the whole sealed file from its start; its true length, or Damaged."""
    total, tail = 0, b""
    for piece in _pulled(key, source, aad=aad):
        total += len(piece)
        tail = (tail + piece)[-LENGTH:]
    length = int.from_bytes(tail, "big")
    if total < LENGTH or padme(length) != total - LENGTH:
        raise Damaged(_("This file is damaged: its length is not the one it was sealed with."))
    return length


def open_stream(key: bytes, source: BinaryIO, *, aad: str) -> Iterator[bytes]:
    """The file in pieces, after all of it was verified: no byte leaves a file that is damaged further on."""
    source.seek(0)
    left = verify_stream(key, source, aad=aad)
    source.seek(0)
    return _within(left, _pulled(key, source, aad=aad))


def read_stream(key: bytes, source: BinaryIO, *, size: int, aad: str) -> Iterator[bytes]:
    """A file that this process sealed a moment ago, of a size it knows: read once, without verifying it first."""
    return _within(size, _pulled(key, source, aad=aad))


def _within(left: int, pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        if left:
            yield piece[:left]
        left = max(left - len(piece), 0)


# --- Members and recovery -------------------------------------------------------------------------


def member_mark(channel_key: bytes, who: str, public: bytes) -> bytes:
    """Holds a member to the vault that was admitted: another public half in the row gives another mark."""
    return keyed(channel_key, who.encode(), public, purpose="member mark")


def split(private: bytes) -> tuple[bytes, bytes]:
    """Two halves, each of which alone is random and says nothing."""
    first = new_key()
    return first, joined(first, private)


def joined(first: bytes, second: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(first, second, strict=True))
