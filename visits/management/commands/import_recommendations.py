from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from visits.recommendations.importing import FileRefused, judge, read, take_in


class Command(BaseCommand):
    help = "Take recommendations in from a CSV or XLSX file, also the export of the Universal Human Rights Index."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--show", action="store_true", help="show new rows whose source is public to the public")

    def handle(self, *args, file, dry_run, show, **options):
        try:
            judged = judge(read(file.read_bytes()))
        except (OSError, FileRefused) as error:
            raise CommandError(str(error)) from error
        outcome = judged.as_json()
        for complaint in judged.complaints:
            self.stderr.write(f"row {complaint.row}, {complaint.column}: {complaint.sentence}")
        counts = ", ".join(f"{outcome[key]} {key.replace('_', ' ')}" for key in ("new", "changed", "same", "refused"))
        if judged.complaints:
            raise CommandError(f"{counts}. Nothing was taken in.")
        if not dry_run:
            take_in(judged, by=None, name=file.name, show=show)
        self.stdout.write(f"{counts}. {'Nothing was written.' if dry_run else 'Taken in.'}")
