from django.core.management.base import BaseCommand, CommandError

from iesogi.audit import services


class Command(BaseCommand):
    help = "Check that no entry of the audit was changed, taken out or put in between. Ends with 1 if one was."

    def handle(self, *args, **options):
        checked, broken = services.verify()
        if broken is not None:
            raise CommandError(
                f"The chain breaks at entry {broken.pk} ({broken.verb}, {broken.at:%Y-%m-%d %H:%M} UTC), "
                f"after {checked} entries that fit. It was changed, or one before it was taken out. "
                "Keep a copy of the database and compare it with a backup: docs/security.md, “An alarm”."
            )
        if not services.ends_at_head():
            raise CommandError(
                f"All {checked} entries fit together, but the last ones were taken out: the chain does not end where "
                "its head says. Keep a copy of the database and compare it with a backup."
            )
        self.stdout.write(f"{checked} audit entries checked: the chain is whole.")
        self.stdout.write(
            f"Its last hash is {services.last_hash()}. Written down elsewhere, it shows a later rewrite."
        )
