"""Two halves on paper that together open every channel. Neither half alone says anything.

A half is text: a letter for which of the two it is, four bytes that name the pair, the half, and a checksum, in
base32 without 0, 1, 8 and 9, sixteen groups of four characters.
"""

import base64
import binascii
import hashlib

from django.utils.translation import gettext as _

from iesogi.vault import sealing
from iesogi.vault.exceptions import VaultRefused

FIRST, SECOND = b"A", b"B"
NAME, CHECKSUM, SIZE = 4, 3, 40
MISREAD = str.maketrans({"0": "O", "8": "B"})


def _checksum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=CHECKSUM, person=b"recovery half").digest()


def _name_of(public: bytes) -> bytes:
    return hashlib.blake2b(public, digest_size=NAME, person=b"recovery name").digest()


def _written(letter: bytes, public: bytes, half: bytes) -> str:
    body = letter + _name_of(public) + half
    text = base64.b32encode(body + _checksum(body)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def write_halves(private: bytes) -> tuple[str, str]:
    public = sealing.public_of(private)
    first, second = sealing.split(private)
    return _written(FIRST, public, first), _written(SECOND, public, second)


def _read(typed: str) -> tuple[bytes, bytes, bytes]:
    text = "".join(typed.split()).replace("-", "").upper().translate(MISREAD)
    try:
        data = base64.b32decode(text)
    except (binascii.Error, ValueError):
        data = b""
    body, checksum = data[:-CHECKSUM], data[-CHECKSUM:]
    if len(data) != SIZE or _checksum(body) != checksum:
        raise VaultRefused(_("This recovery half is mistyped; it has 16 groups of four letters or digits 2 to 7."))
    return body[:1], body[1 : 1 + NAME], body[1 + NAME :]


def recovery_key(one: str, other: str) -> bytes:
    """The private recovery key out of the two halves as typed, in either order."""
    (letter, name, half), (other_letter, other_name, other_half) = _read(one), _read(other)
    if {letter, other_letter} != {FIRST, SECOND}:
        raise VaultRefused(_("These are two copies of the same half; bring half A and half B together."))
    private = sealing.joined(half, other_half)
    if name != other_name or _name_of(sealing.public_of(private)) != name:
        raise VaultRefused(_("These two halves do not belong together; they come from two different ceremonies."))
    return private
