from django.core.management.base import BaseCommand

from iesogi.accounts.services import sync_roles


class Command(BaseCommand):
    help = "Write the roles of iesogi/accounts/roles.py to the groups of the database."

    def handle(self, *args, **options):
        for role, permissions in sync_roles().items():
            if options["verbosity"]:
                self.stdout.write(f"{role}: {permissions} permissions.")
