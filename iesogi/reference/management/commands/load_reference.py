from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, no_translations

from iesogi.reference.exceptions import LoadError
from iesogi.reference.load import DATA, load_reference


class Command(BaseCommand):
    help = (
        "Load or refresh States, perspectives, sessions and mandates. Safe to repeat; rows edited by staff are kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--data", type=Path, default=DATA, help="folder of the data files")

    @no_translations  # Stored words are English, whatever the caller's language.
    def handle(self, *args, **options):
        try:
            report = load_reference(options["data"], dry_run=options["dry_run"])
        except LoadError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write("\n".join(report.lines()))
