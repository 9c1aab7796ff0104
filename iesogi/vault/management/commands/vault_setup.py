from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from iesogi.vault import installation, members, sealing


class Command(BaseCommand):
    help = "Make the channels that cases are sealed to, if they are missing. Needs no passphrase; safe to repeat."

    def handle(self, *args, **options):
        files = installation.make_embedded() if installation.is_embedded() else []
        try:
            made = members.set_up_channels()
            fingerprint = sealing.fingerprint(installation.recovery_public())
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self._say(files, made, fingerprint)

    def _say(self, files, made, fingerprint):
        if files:
            self.stdout.write(f"Wrote {', '.join(files)} in {installation.folder()}.")
        if installation.is_embedded() and installation.halves_on_disk():
            self.stdout.write("THIS IS A TRIAL: both recovery halves lie on this machine. Never enter a real case.")
        self.stdout.write(f"Channels made: {', '.join(channel.slug for channel in made) or 'none, all are there'}.")
        self.stdout.write(f"Fingerprint of the recovery key: {fingerprint}")
        for slug, count in members.thin_channels().items():
            self.stdout.write(f"The channel “{slug.value}” has {count} members and needs at least two: vault_admit.")
