"""Write the work programme as a PDF, from the data as they stand."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from iesogi.documents.exceptions import DocumentError
from iesogi.programme.documents import working_copy
from iesogi.programme.models import WorkProgramme


def iso_date(text: str) -> date:
    return date.fromisoformat(text)


class Command(BaseCommand):
    help = "Write the work programme as a tagged PDF (PDF/UA) to a file."

    def add_arguments(self, parser):
        parser.add_argument("out", type=Path, metavar="OUT.pdf")
        parser.add_argument("--lang", default="en", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--as-of", type=iso_date, metavar="YYYY-MM-DD", help="Count records up to this day.")

    def handle(self, *args, out, lang, as_of, **options):
        as_of = as_of or timezone.localdate()
        programme = WorkProgramme.objects.current(on=as_of).select_related("holder").first()
        if programme is None:
            raise CommandError(
                f"No work programme had begun by {as_of}. Load one with `python manage.py load_work_programme`, "
                "or name a later day."
            )
        try:
            content = working_copy(programme, as_of=as_of, language=lang)
            out.write_bytes(content)
        except DocumentError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"{out} cannot be written: {error.strerror}. Choose a place you may write to."
            ) from error
        self.stdout.write(f"Wrote {out}: {programme.label}, {lang}, data as of {as_of}, {len(content):,} bytes.")
