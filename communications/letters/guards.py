"""What stands in the way of a step before a letter is out, each in a sentence, judged from readable columns alone.

What only the sealed text can tell (whom it names) is judged by `sending.send`, which comes here afterwards.
"""

from datetime import date

from django.utils.translation import gettext as _

from communications.assessment.enums import NEEDED_BY, Answer, Ground
from communications.cases.enums import CaseState
from communications.enums import Clearance, LetterState, NamingBasis
from communications.exceptions import StepRefused
from communications.letters.persons import two_persons
from communications.reprisals.models import Bond
from iesogi.safety.enums import Agreement
from iesogi.safety.gates import may_confirm


def blockers(letter, to: LetterState, *, by, on: date) -> list[str]:
    """Empty where the step may be taken. Only steps towards sending are judged here."""
    if to == LetterState.CLEARANCE:
        return [*_text(letter), *_cosigners(letter)]
    if to == LetterState.APPROVAL:
        return [*_text(letter), *_cases(letter), *_clearances(letter), *_type(letter)]
    if to == LetterState.SENT:
        return [*_cases(letter), *_clearances(letter), *_approval(letter, by), *_about_people(letter, on)]
    return []


def cosigners(letter):
    """The other mandates, in their order. Nobody asks our own for clearance."""
    return letter.signatories.filter(mandate__is_ours=False)


def _text(letter) -> list[str]:
    return [] if letter.draft_version else [_("There is no text yet. Write the first version.")]


def _cosigners(letter) -> list[str]:
    if cosigners(letter).exists():
        return []
    return [_("No other mandate signs this letter, so nobody has to clear it. Hand it on for approval.")]


def _clearances(letter) -> list[str]:
    waiting = cosigners(letter).exclude(clearance=Clearance.CLEARED).select_related("mandate")
    names = "; ".join(f"{row.mandate} ({row.get_clearance_display()})" for row in waiting)
    return [_("Not every co-signing mandate has cleared it: %(names)s.") % {"names": names}] if names else []


def _cases(letter) -> list[str]:
    """A letter goes nowhere while a case of it is not taken up, or its consent is withdrawn (R3, R5, R6)."""
    said = []
    cases = list(letter.cases.order_by("ref"))
    for case in cases:
        if case.consent_withdrawn and len(cases) == 1:
            said.append(
                _("The consent in %(ref)s was withdrawn, and the letter speaks of no other case. Withdraw it.")
                % {"ref": case}
            )
        elif case.consent_withdrawn:
            said.append(_("The consent in %(ref)s was withdrawn. Take the case out of the letter.") % {"ref": case})
        elif case.state not in {CaseState.TAKEN_UP, CaseState.CLOSED}:
            state = CaseState(case.state).label
            said.append(
                _("%(ref)s is “%(state)s”; the mandate holder has to take it up.") % {"ref": case, "state": state}
            )
    return said


def _type(letter) -> list[str]:
    """The type guard (R7). A letter without a case, on a law for example, is judged by who approves it."""
    cases = list(letter.cases.all())
    ground = NEEDED_BY.get(letter.kind)
    if not cases or ground is None or any(has_ground(case, ground) for case in cases):
        return []
    return [
        _("%(kind)s needs a case of which was found: %(ground)s. Answer that in the assessment, or change the type.")
        % {"kind": letter.get_kind_display(), "ground": Ground(ground).label}
    ]


def has_ground(case, ground: Ground) -> bool:
    found = case.answers.standing().get(ground)
    return found is not None and found.answer == Answer.YES


def _approval(letter, by) -> list[str]:
    if letter.approved_by_id is None:
        return [_("The mandate holder has not approved it yet.")]
    try:
        two_persons(letter.approved_by, by)
    except StepRefused as refusal:
        return [str(refusal)]
    return []


def _safety(letter, on: date) -> list[str]:
    decision = may_confirm(letter.risk_assessment, on=on)
    return [] if decision else [decision.reason]


def _about_people(letter, on: date) -> list[str]:
    """What could harm somebody, asked at the last step (R4, R15)."""
    return [*_safety(letter, on), *_names(letter), *_reprisals(letter)]


def _reprisals(letter) -> list[str]:
    """Whoever agreed that the Government is told of a reprisal may have thought again since."""
    raised = [row.reprisal for row in letter.reprisal_links.filter(bond=Bond.RAISES).select_related("reprisal")]
    said = [
        _("It raises %(label)s, and those concerned do not agree that the Government is told. Take it out.")
        % {"label": reprisal}
        for reprisal in raised
        if reprisal.confidential != Agreement.YES
    ]
    closed = [reprisal for reprisal in raised if not reprisal.is_open]
    return said + [
        _("It raises %(label)s, which is closed. Open it again, or take it out.") % {"label": reprisal}
        for reprisal in closed
    ]


def _names(letter) -> list[str]:
    """The approval is asked for as well and judges each person by the sealed answers; here its result counts."""
    if not letter.names_people or not letter.approved_by_id or letter.naming_basis in NamingBasis.values:
        return []
    return [
        _("It names somebody who has not agreed to be named to the State. Remove the name, or record the consent.")
    ]
