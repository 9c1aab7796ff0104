from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, no_translations

from iesogi.programme import loading
from iesogi.programme.source import PROGRAMME
from iesogi.reference.exceptions import LoadError


class Command(BaseCommand):
    help = "Load or refresh the work programme 2021-2023. A row that staff edited is reported and kept."

    def add_arguments(self, parser):
        parser.add_argument("--file", type=Path, default=PROGRAMME, help="another data file of the same shape")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    @no_translations  # Stored words are English, whatever the caller's language.
    def handle(self, *args, **options):
        try:
            report = loading.load(options["file"], dry_run=options["dry_run"])
        except LoadError as error:
            raise CommandError(str(error)) from error
        for line in report.lines():
            self.stdout.write(line)
