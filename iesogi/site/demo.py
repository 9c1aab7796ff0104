"""Invented rows for a trial, set around the day they are loaded. None names a person, and none is a letter.

They lie after the period of the loaded work programme, so its figures stay the real ones.
"""

from datetime import date, timedelta

from django.db import transaction

from dissemination.enums import EngagementKind
from dissemination.models import Engagement
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.models import Deadline
from iesogi.reference.enums import Qualifier

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
