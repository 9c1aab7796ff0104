from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from iesogi.vault import members, rotation, terminal
from iesogi.vault.enums import Slug
from iesogi.vault.exceptions import VaultRefused


class Command(BaseCommand):
    help = "Give CHANNEL a new key with the vault of its member USER. Run again, it goes on where it was cut off."

    def add_arguments(self, parser):
        parser.add_argument("user")
        parser.add_argument("channel", choices=Slug.values)
        parser.add_argument(
            "--new-recovery", default="", metavar="FINGERPRINT", help="Its key was changed on purpose."
        )

    def handle(self, *args, user, channel, new_recovery, **options):
        member = terminal.person(user)
        try:
            unlocked = members.unlock(member, terminal.ask(f"Passphrase of {user}"))
            done = rotation.rotate(channel, unlocked=unlocked, new_recovery=new_recovery)
        except (VaultRefused, ImproperlyConfigured) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"“{channel}” has epoch {done.epoch}; {done.sealed_anew} compartments were sealed to it.")
        if not done.is_finished:
            raise CommandError(
                f"{done.damaged} compartments do not open and stay with the old epoch. "
                "Restore their rows from a backup, then run this command again."
            )
