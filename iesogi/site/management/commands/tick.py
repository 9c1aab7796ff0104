from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from iesogi.site.tasks import tick


class Command(BaseCommand):
    help = "Do everything that is due, here and now, without a worker: reminders, mails, documents."

    def add_arguments(self, parser):
        parser.add_argument("--now", help="Act as if it were this moment, for example 2021-06-21T08:00:00+02:00.")
        parser.add_argument("--enqueue", action="store_true", help="Wake the workers instead of doing the work here.")

    def handle(self, *args, now, enqueue, **options):
        counts = tick(now=self.moment(now), enqueue=enqueue)
        self.stdout.write(", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in counts.items()))
        if counts.get("rooms_failed"):
            raise CommandError("Part of the work failed; the log says what. The rest was done.")

    def moment(self, text):
        if not text:
            return timezone.now()
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise CommandError(f"“{text}” is no moment in time. Write it like 2021-06-21T08:00:00+02:00.") from error
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
