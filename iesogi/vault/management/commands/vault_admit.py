from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from iesogi.vault import members, passphrases, sealing, terminal
from iesogi.vault.enums import Slug, VaultState
from iesogi.vault.exceptions import VaultRefused
from iesogi.vault.models import Vault


class Command(BaseCommand):
    help = (
        "Admit USER to CHANNEL with the two recovery halves, or by a member with --by. Makes a vault for a USER who "
        "has none. Passphrases and halves are asked for, never given as arguments, and not kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("user")
        parser.add_argument("channel", choices=Slug.values)
        parser.add_argument("--by", metavar="MEMBER", help="A member of the channel, who is asked for the passphrase.")
        parser.add_argument("--lost", action="store_true", help="The passphrase of USER is lost: make a new vault.")

    def handle(self, *args, user, channel, by, lost, **options):
        user = terminal.person(user)
        try:
            self._ceremony(user, channel, by, lost)
        except VaultRefused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self.stdout.write(f"{user.username} is now a member of “{channel}”.")

    def _ceremony(self, user, channel, by, lost):
        """Everything is asked for first and done at once, so that a slip leaves nobody without a vault."""
        vault = None if lost else Vault.objects.in_use().filter(user=user).first()
        typed = terminal.ask(f"Fingerprint that {user.username} reads aloud") if vault else self._passphrase(user)
        if by:
            key = {"unlocked": members.unlock(terminal.person(by), terminal.ask(f"Passphrase of {by}"))}
        else:
            key = {"recovery_private": terminal.recovery_key(), "by": None}
        with transaction.atomic():
            if lost:
                members.close_vault(user, state=VaultState.LOST, by=None)
            fresh = vault or members.create_vault(user, typed)
            fingerprint = typed if vault else sealing.fingerprint(fresh.public)
            admit = members.admit if by else members.admit_by_recovery
            admit(channel, fresh, fingerprint=fingerprint, **key)
        if not vault:
            self.stdout.write(f"Made a vault. Its fingerprint, for its owner to note: {fingerprint}")
        if not by:
            self.stdout.write("The recovery halves were together on this machine: make new ones, then vault_rotate.")

    def _passphrase(self, user):
        passphrase = terminal.ask_new_passphrase(user)
        passphrases.check(passphrase, user=user)
        return passphrase
