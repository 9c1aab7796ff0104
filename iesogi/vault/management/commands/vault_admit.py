from django.core.management.base import BaseCommand, CommandError

from iesogi.vault import members, sealing, terminal
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
            if lost:
                members.close_vault(user, state=VaultState.LOST, by=None)
            vault, fingerprint = self._vault(user)
            self._admit(channel, vault, fingerprint, by)
        except VaultRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{user.username} is now a member of “{channel}”.")

    def _vault(self, user):
        vault = Vault.objects.in_use().filter(user=user).first()
        if vault:
            return vault, terminal.ask(f"Fingerprint that {user.username} reads aloud")
        vault = members.create_vault(user, terminal.ask_new_passphrase(user))
        fingerprint = sealing.fingerprint(vault.public)
        self.stdout.write(f"Made a vault. Its fingerprint, for its owner to note: {fingerprint}")
        return vault, fingerprint

    def _admit(self, channel, vault, fingerprint, by):
        if by:
            member = terminal.person(by)
            unlocked = members.unlock(member, terminal.ask(f"Passphrase of {by}"))
            members.admit(channel, vault, fingerprint=fingerprint, unlocked=unlocked)
            return
        private = terminal.recovery_key()
        members.admit_by_recovery(channel, vault, fingerprint=fingerprint, recovery_private=private, by=None)
        self.stdout.write("The recovery halves were together on this machine: make new ones, then run vault_rotate.")
