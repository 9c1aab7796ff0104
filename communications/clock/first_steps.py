"""The early check of an urgent appeal: asked for some days after sending, settled by an answer or by the reply."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from communications.clock.enums import FirstStepsAnswer
from communications.clock.models import FirstSteps
from communications.enums import LetterKind
from communications.exceptions import StepRefused
from iesogi.audit import services as audit
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.days import today

KIND = "letter-first-steps"
WHY = gettext_noop("An urgent appeal is looked at again so many days after it was sent.")


def ask(letter, *, by, owner) -> FirstSteps | None:
    """Once for each urgent appeal; its words tell neither State nor reference. A corrected day moves it."""
    if letter.kind != LetterKind.URGENT_APPEAL:
        return None
    due_on = letter.sent_on + timedelta(days=settings.URGENT_CHECK_DAYS)
    if row := FirstSteps.objects.select_related("deadline").filter(letter=letter).first():
        if row.deadline.is_open:
            deadlines.move(row.deadline, to=due_on, explanation=str(WHY), by=by)
        return row
    deadline = deadlines.open_on(
        KIND,
        title="",
        due_on=due_on,
        explanation=str(WHY),
        owner=owner,
        subject_url=reverse("admin:communications_letter_change", args=[letter.pk]),
        closing_step=gettext_noop("It is done once the page of the letter says what is known of first steps."),
        by=by,
    )
    return FirstSteps.objects.create(letter=letter, deadline=deadline)


@transaction.atomic
def answer(letter, *, answer: str, by, on: date | None = None) -> FirstSteps:
    """What became known. It may change: the newest answer stands."""
    row = FirstSteps.objects.select_for_update(of=("self",)).select_related("deadline").filter(letter=letter).first()
    if row is None:
        raise StepRefused(_("Only an urgent appeal has an early check."))
    row.answer, row.on = FirstStepsAnswer(answer), on or today()
    if not letter.sent_on <= row.on <= today():
        raise StepRefused(_("Give a day between the sending of the letter and today."))
    row.save(update_fields=["answer", "on"])
    settle(letter, by=by)
    audit.record(by=by, verb="letter.first_steps", target=letter, label=f"letter {letter.pk}", answer=row.answer)
    return row


def settle(letter, *, by) -> None:
    """Nobody is reminded of the early check any more."""
    row = FirstSteps.objects.select_related("deadline").filter(letter=letter).first()
    if row and row.deadline.is_open:
        deadlines.complete(row.deadline, by=by, at_subject=True)
