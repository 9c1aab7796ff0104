"""A passphrase for a vault: longer than a password, because whoever has the database may try without end."""

import re
import unicodedata
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.vault.exceptions import VaultRefused

LENGTH, WORDS, WORD_LENGTH, DIFFERENT = 16, 5, 3, 8
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qwertzuiop")


def normalised(passphrase: str) -> bytes:
    """One spelling for what looks the same: keyboards differ in how they make an é."""
    try:
        return unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError as error:
        raise VaultRefused(_("The passphrase has a character that cannot be kept. Type it again.")) from error


def check(passphrase: str, *, user: User) -> None:
    text = unicodedata.normalize("NFC", passphrase).casefold()
    words = {word for word in re.findall(r"\w+", text) if len(word) >= WORD_LENGTH}
    if len(text) < LENGTH and len(words) < WORDS:
        raise VaultRefused(_("A passphrase has at least 16 characters or five different words. Choose a longer one."))
    if len(set(text)) < DIFFERENT or _repeats(text):
        raise VaultRefused(_("This passphrase repeats itself, so it is easy to guess. Choose another."))
    if _runs(text) > len(text) / 2 or _is_common(text):
        raise VaultRefused(_("This passphrase follows a known pattern, so it is easy to guess. Choose another."))
    if any(len(part) > WORD_LENGTH and part in text for part in _names(user)):
        raise VaultRefused(_("This passphrase holds your name or address, so it is easy to guess. Choose another."))


def _repeats(text: str) -> bool:
    """Made of one piece said over and over."""
    return text in (text + text)[1:-1]


def _runs(text: str) -> int:
    """Characters that continue a row of the keyboard, the alphabet or the numbers, in either direction."""
    steps = {row[at : at + 2] for each in ROWS for row in (each, each[::-1]) for at in range(len(row) - 1)}
    return sum(text[at : at + 2] in steps for at in range(len(text) - 1))


@cache
def _common_passwords() -> CommonPasswordValidator:
    """Made once: each new one reads its twenty thousand words from the disk again."""
    return CommonPasswordValidator()


def _is_common(text: str) -> bool:
    letters = re.sub(r"[\W\d_]+", "", text)
    try:
        for candidate in (text, letters):
            _common_passwords().validate(candidate)
    except ValidationError:
        return True
    return False


def _names(user: User) -> set[str]:
    parts = [user.username, user.first_name, user.last_name, user.email.partition("@")[0]]
    return {part.casefold() for part in parts}
