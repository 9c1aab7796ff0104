"""Steps of a case: each locks the row, judges, writes what changed, and leaves a trace without a word of the case.

What a person writes along (a reason, a note, a question) is sealed into the case; the audit holds actor and reference.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communications.cases.enums import CaseState, Criterion, Outcome
from communications.cases.models import Case
from communications.desk import opening
from communications.desk.permissions import may_decide, may_open_cases
from communications.exceptions import StepRefused
from iesogi.audit import services as audit
from iesogi.vault.enums import Kind
from iesogi.vault.records import Part
from iesogi.vault.sessions import Unlocked

# Without them no letter can be proposed (domain.md 1.3; R3, R6). C5 is only a warning.
NEEDED = [Criterion.C1, Criterion.C2, Criterion.C3, Criterion.C4]
COLUMN = {criterion: f"meets_{criterion.value.lower()}" for criterion in Criterion}
RESTS_ON_MINIMUM = {CaseState.PROPOSED, CaseState.TAKEN_UP}
ENDINGS = {CaseState.DECLINED, CaseState.CLOSED}
ENDED = {CaseState.DECLINED, CaseState.CLOSED, CaseState.MERGED}
WITH_REASON = {CaseState.DECLINED, CaseState.PARKED, CaseState.CLOSED, CaseState.MERGED}


def missing(case: Case, criteria=tuple(Criterion)) -> list[Criterion]:
    return [criterion for criterion in criteria if not getattr(case, COLUMN[criterion])]


def blockers(case: Case) -> list[str]:
    """Why this case cannot be proposed yet, each a full sentence."""
    said = []
    lacking = missing(case, NEEDED)
    if Criterion.C3 in lacking:
        said.append(_("Nobody says who sends it. The procedure takes no anonymous report (R3)."))
    if others := [criterion for criterion in lacking if criterion != Criterion.C3]:
        what = "; ".join(f"{criterion.value} {criterion.label}" for criterion in others)
        said.append(_("It does not say yet: %(what)s (R6).") % {"what": what})
    if case.consent_withdrawn:
        said.append(_("The consent was withdrawn."))
    return said


@transaction.atomic
def move(case: Case, *, to: CaseState | str, unlocked: Unlocked, reason: str = "", outcome: str = "") -> Case:
    """Take one step. A second officer who takes it at the same moment is told that it was taken."""
    to, reason = CaseState(to), reason.strip()
    found = opening.writable(locked(case, unlocked), unlocked=unlocked)
    case = found.case
    was = CaseState(case.state)
    _judge(case, was, to, reason=reason, outcome=outcome)
    if is_decision(was, to) and not (decision := may_decide(unlocked.user, case)):
        raise StepRefused(decision.reason)
    case.state = to
    case.outcome = outcome if to in ENDINGS else ""
    if was == CaseState.MERGED:
        case.merged_into = None
    case.save(update_fields=["state", "outcome", "merged_into"])
    if reason:
        note(found, reason)
    audit.record(by=unlocked.user, verb="case.moved", target=case, was=was, to=to, outcome=case.outcome)
    return case


def is_decision(was: CaseState, to: CaseState) -> bool:
    """Out of a proposal, other than back to the desk: take up, ask for more, park, decline."""
    return was == CaseState.PROPOSED and to != CaseState.UNDER_REVIEW


def locked(case: Case, unlocked: Unlocked) -> Case:
    decision = may_open_cases(unlocked.user, case)
    if not decision:
        raise StepRefused(decision.reason)
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


def _judge(case: Case, was: CaseState, to: CaseState, *, reason: str, outcome: str) -> None:
    names = {"was": was.label, "to": to.label}
    if to not in was.successors or to in {CaseState.MERGED, CaseState.ERASED}:
        raise StepRefused(_("A case that is “%(was)s” cannot become “%(to)s”. Look at it again.") % names)
    if (to in WITH_REASON or was in ENDED) and not reason:
        raise StepRefused(_("Say why, in a few words: they are sealed into the case for whoever works on it next."))
    if to in ENDINGS and outcome not in Outcome.values:
        raise StepRefused(_("Choose the outcome that the figures should count."))
    if to == CaseState.PROPOSED and (said := blockers(case)):
        raise StepRefused(
            _("This case cannot be proposed yet. %(why)s Ask the source, or record what is known by now.")
            % {"why": " ".join(said)}
        )


def note(found: opening.OpenCase, text: str, *, at: datetime | None = None) -> None:
    content = {"text": text, "by": found.unlocked.user.username}
    opening.write(found, [Part(Kind.NOTE, content)], at=at or timezone.now())


@transaction.atomic
def assign(case: Case, *, to, unlocked: Unlocked) -> Case:
    """None gives it back to the desk."""
    case = locked(case, unlocked)
    if to is not None and not may_open_cases(to, case):
        raise StepRefused(_("%(name)s may not open cases, so none can be given to them.") % {"name": to})
    case.assigned_to = to
    case.save(update_fields=["assigned_to"])
    audit.record(by=unlocked.user, verb="case.assigned", target=case, to=to.username if to else "")
    return case


@transaction.atomic
def record_met(case: Case, *, criterion: Criterion | str, reason: str, unlocked: Unlocked) -> Case:
    """Something that was missing is known by now; from where is sealed into the case."""
    criterion = Criterion(criterion)
    found = opening.writable(locked(case, unlocked), unlocked=unlocked)
    case = found.case
    setattr(case, COLUMN[criterion], True)
    case.save(update_fields=[COLUMN[criterion]])
    note(found, f"{criterion.value}: {reason.strip()}")
    audit.record(by=unlocked.user, verb="case.criterion_met", target=case, criterion=criterion)
    return case
