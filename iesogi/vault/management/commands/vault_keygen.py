from django.core.management.base import BaseCommand

from iesogi.vault import recovery, sealing


class Command(BaseCommand):
    help = (
        "Make a recovery key in two halves, for a machine without network. Nothing is written to disk: print each "
        "half twice, hand them to two holders, and give the public half to the portal."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--intake-secret", action="store_true", help="Make an intake secret as well.")

    def handle(self, *args, intake_secret, **options):
        pair = sealing.new_pair()
        half_a, half_b = recovery.write_halves(pair.private)
        self.stdout.write(f"Half A, for the first holder:\n  {half_a}\n")
        self.stdout.write(f"Half B, for the second holder:\n  {half_b}\n")
        self.stdout.write(f"Fingerprint, to be noted on both papers:\n  {sealing.fingerprint(pair.public)}\n")
        self.stdout.write(f"For every process of the portal:\n  RECOVERY_PUBLIC_KEY={pair.public.hex()}")
        if intake_secret:
            self.stdout.write(f"For the web process alone:\n  INTAKE_SECRET={sealing.new_key().hex()}")
