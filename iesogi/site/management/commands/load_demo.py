from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from iesogi.accounts.services import DEMO_PASSWORD, make_demo_users, sync_roles
from iesogi.deadlines.days import today
from iesogi.site.demo import load_samples


class Command(BaseCommand):
    help = "Demo users, one for each role, with sample deadlines and engagements. Only where DEMO=1; safe to repeat."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "Demo users have a password that everyone knows, so they are only made where DEMO=1. "
                "Set DEMO=1 in the environment or in .env if this portal is for a trial."
            )
        sync_roles()
        people = make_demo_users()
        made = load_samples(on=today())
        if options["verbosity"]:
            self._say(people, made)

    def _say(self, people, made):
        for user in people:
            self.stdout.write(f"{user.username:28} {DEMO_PASSWORD}  {user.get_paid_by_display()}")
        counts = ", ".join(f"{count} {what}" for what, count in made.items())
        self.stdout.write(f"{len(people)} people; samples made: {counts}.")
