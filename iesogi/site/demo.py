"""Invented rows for a trial, set around the day they are loaded. None names a person.

They lie after the period of the loaded work programme, so its figures stay the real ones.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from communications.cases.models import Case
from communications.desk import demo as cases
from communications.letters import demo as letters
from dissemination.enums import EngagementKind
from dissemination.models import Engagement
from iesogi.accounts.models import User
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.models import Deadline
from iesogi.reference.enums import Qualifier
from iesogi.vault import installation, members, recovery, sealing
from iesogi.vault.enums import Slug
from iesogi.vault.models import ChannelEpoch, Vault

SAMPLE = "Sample of a trial"

# Kind, title, and days from the day of loading: some late, some near, some far, as on a desk.
DEADLINES = [
    ("report-milestone", "Sample: reading list for the next thematic report", -12),
    ("dissemination", "Sample: easy-read version of the last report", -1),
    ("task", "Sample: update the list of partners", 0),
    ("call-closes", "Sample: call for inputs closes", 5),
    ("report-milestone", "Sample: first outline to the senior advisor", 7),
    ("visit-milestone", "Sample: terms of reference back to the mission", 18),
    ("report-slot", "Sample: report due at document services", 30),
    ("joint-reflection", "Sample: yearly joint reflection", 75),
]
# Kind, title, host, place ("" is online), attendance with its qualifier, and days before the day of loading.
ENGAGEMENTS = [
    (EngagementKind.LAUNCH, "Sample: launch of a report", "A university", "Geneva", 120, Qualifier.ABOUT, 40),
    (EngagementKind.GENERAL, "Sample: lecture on the mandate", "A law faculty", "", 85, Qualifier.EXACT, 25),
    (EngagementKind.OTHERS_EVENT, "Sample: panel at a conference", "A network", "Nairobi", 300, Qualifier.OVER, 9),
]


@transaction.atomic
def load_samples(*, on: date) -> dict[str, int]:
    """Deadlines and engagements, once: what is there already is left alone. How many were made, by name."""
    if Deadline.objects.filter(subject_label=SAMPLE).exists():
        return {"deadlines": 0, "engagements": 0}
    for kind, title, days in DEADLINES:
        deadlines.open_on(
            kind,
            title=title,
            due_on=on + timedelta(days=days),
            explanation="A sample, set around the day on which the trial was loaded.",
            subject_label=SAMPLE,
        )
    Engagement.objects.bulk_create(_engagements(on))
    return {"deadlines": len(DEADLINES), "engagements": len(ENGAGEMENTS)}


def _engagements(on: date) -> list[Engagement]:
    return [
        Engagement(
            kind=kind,
            title=title,
            host=host,
            place=place,
            online=not place,
            attendance=attendance,
            attendance_qualifier=qualifier,
            held_on=on - timedelta(days=days),
        )
        for kind, title, host, place, attendance, qualifier, days in ENGAGEMENTS
    ]


# --- Sealed cases ---------------------------------------------------------------------------------

# Shown on screen, like the password of a trial; the command that uses it refuses to run outside DEMO.
PASSPHRASE = "seven herons cross the quiet lake"  # noqa: S105
CIRCLES = {
    Slug.CASES: ["desk.officer", "mandate.holder"],
    Slug.IDENTITY: ["mandate.holder"],
    Slug.INPUTS: ["desk.officer"],
}


def load_cases(people: list[User], *, now: datetime) -> list[tuple[Case, str]]:
    """Vaults for the people of `CIRCLES`, the channels, and sample cases with their numbers. Once."""
    installation.make_embedded()
    by_name = {user.username: user for user in people}
    vaults = {name: _vault(by_name[name]) for names in CIRCLES.values() for name in names}
    members.set_up_channels()
    for slug, names in CIRCLES.items():
        for name in names:
            _admit(slug, vaults[name])
    if Case.objects.exists():
        return []
    return cases.load(members.unlock(by_name["desk.officer"], PASSPHRASE), now=now)


def load_letters(people: list[User], *, now: datetime, on: date) -> int:
    """After `load_cases`, whose vaults it opens; once. How many were made."""
    if letters.are_loaded():
        return 0
    by_name = {user.username: user for user in people}
    hands = letters.Hands(
        officer=members.unlock(by_name["desk.officer"], PASSPHRASE),
        holder=members.unlock(by_name["mandate.holder"], PASSPHRASE),
    )
    return letters.load(hands, now=now, on=on)


def _vault(user: User) -> Vault:
    return Vault.objects.in_use().filter(user=user).first() or members.create_vault(user, PASSPHRASE)


def _admit(slug: Slug, vault: Vault) -> None:
    """By the recovery halves, which only a trial has on its disk; a real installation needs two people with papers."""
    if vault.pk in {member.pk for member in members.members_of(slug)} or not installation.halves_on_disk():
        return
    private = recovery.recovery_key(*(path.read_text("ascii") for path in installation.half_paths()))
    mark = sealing.fingerprint(vault.public)
    members.admit_by_recovery(slug, vault, fingerprint=mark, recovery_private=private, by=None)
    ChannelEpoch.objects.filter(channel__slug=slug).update(rotation_due=False)
