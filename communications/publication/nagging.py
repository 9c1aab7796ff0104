"""One deadline for each session, while something put into its report waits for its second person."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from communications.publication.enums import PublicationState
from communications.publication.models import Publication
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.models import Deadline

KIND = "confidential-task"
DAYS = 14
WHY = gettext_noop("Two weeks after letters of a window were proposed for publication.")


def place(session: int) -> str:
    """The list of what waits; its number tells a session and no letter."""
    waiting = f"session={session}&state__exact={PublicationState.PROPOSED.value}"
    return f"{reverse('admin:communications_publication_changelist')}?{waiting}"


def ask(session: int, *, on: date) -> None:
    """Once a session; it goes to the desk, in words that say nothing."""
    if Deadline.objects.open().filter(subject_url=place(session)).exists():
        return
    deadlines.open_on(
        KIND,
        title="",
        due_on=on + timedelta(days=DAYS),
        explanation=str(WHY),
        subject_url=place(session),
        closing_step=gettext_noop("It is done once nothing in its list waits for a second person any more."),
    )


def settle(session: int, *, by) -> None:
    """Nothing of this session waits any more."""
    if Publication.objects.waiting().of_session(session).exists():
        return
    for deadline in Deadline.objects.open().filter(subject_url=place(session)):
        deadlines.complete(deadline, by=by, at_subject=True)
