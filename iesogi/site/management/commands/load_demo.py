from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.utils import timezone

from dissemination.campaigns.demo import load_campaign_samples
from dissemination.demo import load_outgoing_samples
from iesogi.accounts.services import DEMO_PASSWORD, make_demo_users, sync_roles
from iesogi.deadlines.days import today
from iesogi.site.demo import PASSPHRASE, load_cases, load_letters, load_samples
from reports.calls import demo as calls
from reports.demo import load_research_samples
from visits.recommendations import samples as recommendations


class Command(BaseCommand):
    help = "Demo users, one for each role, with sample rows. Only where DEMO=1; safe to repeat."

    @no_translations  # Stored words are English, whatever the caller's language.
    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "Demo users have a password that everyone knows, so they are only made where DEMO=1. "
                "Set DEMO=1 in the environment or in .env if this portal is for a trial."
            )
        sync_roles()
        people = make_demo_users()
        made = load_samples(on=today()) | load_campaign_samples()
        made |= load_outgoing_samples(next(user for user in people if user.username == "desk.officer"))
        made |= load_research_samples(people, on=today())
        made["recommendations"] = recommendations.load_samples(on=today())
        cases = load_cases(people, now=timezone.now())
        made["letters"] = load_letters(people, now=timezone.now(), on=today())
        officer = next(user for user in people if user.username == "desk.officer")
        contributions = calls.load_samples(by=officer, now=timezone.now())
        made["contributions"] = len(contributions)
        if options["verbosity"]:
            self._say(people, made, cases, contributions)

    def _say(self, people, made, cases, contributions):
        for user in people:
            self.stdout.write(f"{user.username:28} {DEMO_PASSWORD}  {user.get_paid_by_display()}")
        counts = ", ".join(f"{count} {what}" for what, count in made.items())
        self.stdout.write(f"{len(people)} people; samples made: {counts}, {len(cases)} cases.")
        self.stdout.write(f"Sealed cases open for desk.officer and mandate.holder with: {PASSPHRASE}")
        for contribution, number in contributions:
            self.stdout.write(f"{contribution.ref}  its sender comes back with {number}")
        for case, number in cases:
            self.stdout.write(f"{case.ref}  its source comes back with {number}")
