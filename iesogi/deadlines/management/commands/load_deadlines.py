from django.core.management.base import BaseCommand, CommandError

from iesogi.deadlines.loading import load
from iesogi.reference.exceptions import LoadError


class Command(BaseCommand):
    help = "Load or refresh the official holidays and the kinds of deadline; rows edited by staff are kept."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say what would change and change nothing.")

    def handle(self, *args, dry_run, **options):
        try:
            report = load(dry_run=dry_run)
        except LoadError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(report.lines()))
