"""Answers on the criteria of a case: the answer readable, for queues and figures; why is sealed into the case."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communications.assessment.enums import QUESTIONS, Answer, Ground
from communications.assessment.models import CriterionAnswer
from communications.cases.contents import Report
from communications.cases.enums import Criterion, Matter, Timing
from communications.cases.models import Case
from communications.desk import opening, steps
from communications.exceptions import StepRefused
from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from iesogi.vault.enums import Kind
from iesogi.vault.records import Part
from iesogi.vault.sessions import Unlocked


@transaction.atomic
def assess(case: Case, *, question: str, answer: str, why: str, unlocked: Unlocked) -> CriterionAnswer:
    """One answer more. On C1 to C5 the readable column follows it, which R3 and R6 ask."""
    answer, why = Answer(answer), why.strip()
    found = opening.writable(steps.locked(case, unlocked), unlocked=unlocked)
    case = found.case
    if not why:
        raise StepRefused(_("Say why, in a few words: they are sealed into the case."))
    _refuse_after_proposal(case, question, answer)
    row = CriterionAnswer.objects.create(case=case, question=question, answer=answer, by=unlocked.user, on=today())
    if question in Criterion.values:
        column = steps.COLUMN[Criterion(question)]
        setattr(case, column, answer == Answer.YES)
        case.save(update_fields=[column])
    what = {"about": "criterion", "question": question, "answer": answer.value, "text": why}
    opening.write(found, [Part(Kind.REASON, {**what, "by": unlocked.user.username})], at=timezone.now())
    audit.record(by=unlocked.user, verb="case.assessed", target=case, question=question, answer=answer)
    return row


def _refuse_after_proposal(case: Case, question: str, answer: Answer) -> None:
    """What the mandate holder decides on rests on C1 to C4; take the case back before one of them falls (R3, R6)."""
    falls = answer != Answer.YES and question in {criterion.value for criterion in steps.NEEDED}
    if falls and case.state in steps.RESTS_ON_MINIMUM:
        raise StepRefused(
            _("A case that is “%(state)s” rests on this. Take it back under review first.")
            % {"state": case.get_state_display()}
        )


def standing(case: Case, found: opening.OpenCase) -> list[dict]:
    """Each question with its last answer, who gave it, and why; else what the report says."""
    answers = case.answers.standing()
    reasons = _reasons(found)
    suggested = suggestions(found.report) if found.report else {}
    return [
        {
            "question": code,
            "label": label,
            "row": answers.get(code),
            "why": reasons.get(code, ""),
            "suggested": suggested.get(code, ""),
            "is_met": code in Criterion.values and getattr(case, steps.COLUMN[Criterion(code)]),
        }
        for code, label in QUESTIONS
    ]


def _reasons(found: opening.OpenCase) -> dict[str, str]:
    """The last one counts, as with the answers."""
    said = (item.content for item in found.of(Kind.REASON) if (item.content or {}).get("about") == "criterion")
    return {content["question"]: content["text"] for content in said}


def suggestions(report: Report) -> dict[str, str]:
    """What the report itself says on the grounds of a type (R7); a person answers, the machine only points."""
    timing, matter = report.get("facts", {}).get("timing", ""), report.get("matter", "")
    told = {
        Ground.ONGOING: timing in {Timing.ONGOING, Timing.IMMINENT},
        Ground.PAST: timing == Timing.HAPPENED,
        Ground.LAW: matter == Matter.LAW or bool(report.get("law")),
    }
    return {ground: Answer.YES if says else Answer.NOT_KNOWN for ground, says in told.items()}
