from django.core.management.base import BaseCommand, CommandError

from iesogi.vault import restore, terminal
from iesogi.vault.exceptions import VaultRefused


class Command(BaseCommand):
    help = "Open the key of every compartment with the two recovery halves. Reads only the invented text for drills."

    def handle(self, *args, **options):
        private = terminal.recovery_key()
        try:
            findings = restore.check(private)
        except VaultRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for found in findings:
            canary = "reads" if found.canary_reads else "DOES NOT READ"
            self.stdout.write(f"{found.slug}: {found.opened} open, {found.damaged} damaged, the drill text {canary}.")
        if not findings:
            raise CommandError("There are no channels, so nothing could be checked. Was the right database restored?")
        if not all(found.is_good for found in findings):
            raise CommandError("Not everything opens with these halves; see the lines above.")
