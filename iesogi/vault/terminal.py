"""What the vault's commands ask at the terminal. Secrets are never arguments: those end up in histories and lists."""

import getpass
import sys

from django.core.management import CommandError

from iesogi.accounts.models import User
from iesogi.vault import installation, recovery
from iesogi.vault.exceptions import VaultRefused


def ask(prompt: str) -> str:
    """Without echo at a terminal; a line of the input otherwise."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{prompt}: ")
    line = sys.stdin.readline()
    if not line:
        raise CommandError(f"Nothing was typed where this was asked for: {prompt}.")
    return line.rstrip("\r\n")


def ask_new_passphrase(user: User) -> str:
    passphrase = ask(f"New passphrase of {user.username}, at least 16 characters or five words")
    if ask("The same again") != passphrase:
        raise CommandError("The two passphrases differ. Nothing was changed; run the command again.")
    return passphrase


def recovery_key() -> bytes:
    """From the two halves as their holders type them; a trial has them on disk."""
    on_disk = installation.halves_on_disk()
    if installation.is_embedded() and len(on_disk) == 2:
        halves = [path.read_text("ascii") for path in on_disk]
    else:
        halves = [ask("Recovery half of the first holder"), ask("Recovery half of the second holder")]
    try:
        return recovery.recovery_key(*halves)
    except VaultRefused as refusal:
        raise CommandError(str(refusal)) from refusal


def person(username: str) -> User:
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no user “{username}”.") from error
