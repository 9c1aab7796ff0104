"""What staff write into a case: answers to the source, notes, a working title. All sealed, nothing overwritten."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communications.cases.enums import CaseState
from communications.cases.models import Case
from communications.desk import opening, steps
from communications.exceptions import StepRefused
from iesogi.audit import services as audit
from iesogi.vault.enums import Kind
from iesogi.vault.records import Part
from iesogi.vault.sessions import Unlocked

# On the way to a question the case passes what lies between.
TO_A_QUESTION = {
    CaseState.RECEIVED: [CaseState.UNDER_REVIEW, CaseState.MORE_INFO],
    CaseState.UNDER_REVIEW: [CaseState.MORE_INFO],
}


@transaction.atomic
def answer(case: Case, *, text: str, unlocked: Unlocked, is_question: bool = False) -> Case:
    """The source reads it with their number. A question makes the case wait for the answer."""
    found = opening.writable(steps.locked(case, unlocked), unlocked=unlocked)
    case, text = found.case, text.strip()
    if not opening.has_number(case):
        raise StepRefused(
            _("This report came without a number, so its source cannot read answers here. Use the contact they gave.")
        )
    _refuse_empty(text)
    content = {"text": text, "by": unlocked.user.username}
    opening.write(found, [Part(Kind.MESSAGE_OUT, content)], at=timezone.now())
    audit.record(by=unlocked.user, verb="case.answered", target=case, is_question=is_question)
    if is_question:
        for state in TO_A_QUESTION.get(CaseState(case.state), []):
            case = steps.move(case, to=state, unlocked=unlocked)
    return case


@transaction.atomic
def add_note(case: Case, *, text: str, unlocked: Unlocked) -> None:
    found = opening.writable(steps.locked(case, unlocked), unlocked=unlocked)
    _refuse_empty(text.strip())
    steps.note(found, text.strip())
    audit.record(by=unlocked.user, verb="case.noted", target=found.case)


@transaction.atomic
def name(case: Case, *, text: str, unlocked: Unlocked) -> None:
    """A working title, sealed like the rest; lists show the reference alone."""
    found = opening.writable(steps.locked(case, unlocked), unlocked=unlocked)
    opening.write(found, [Part(Kind.TITLE, {"text": text.strip()})], at=timezone.now())
    audit.record(by=unlocked.user, verb="case.named", target=found.case)


def _refuse_empty(text: str) -> None:
    if not text:
        raise StepRefused(_("There is nothing to send yet. Write a text first."))
