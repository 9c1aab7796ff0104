"""Which cases a letter speaks of, changed while it is in draft. Each change is a version that a person reads anew."""

from collections import Counter

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from communications.cases.models import Case
from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.letters import drafts, merging, naming
from communications.letters.blocks import paragraphs
from communications.models import Letter, LetterCase
from iesogi.audit import services as audit
from iesogi.vault.sessions import Unlocked


@transaction.atomic
def add_case(letter: Letter, case: Case, *, unlocked: Unlocked) -> Letter:
    """What the case says is put at the end of the text, under a heading that has to be gone before the approval."""
    letter = _in_draft(letter, unlocked)
    case = drafts.locked_case(case)
    drafts.judge([case], unlocked)
    _require_same_addressee(letter, case)
    LetterCase.objects.create(letter=letter, case=case, added_by=unlocked.user)
    version = drafts.latest(letter, unlocked=unlocked)
    with translation.override(letter.language):
        added = [f"## {_(merging.PLACE)}", *merging.allegations_of(case, unlocked=unlocked)]
    drafts.add_version(letter, text="\n\n".join([version.text, *added]), named=version.named, unlocked=unlocked)
    _record("letter.case_added", letter, case, unlocked)
    return letter


@transaction.atomic
def take_out(letter: Letter, case: Case, *, unlocked: Unlocked) -> Letter:
    """Its paragraphs go where they stand as they came; what was worded anew a person has to find before the approval.

    The text is erased with the last of its cases, so the only one stays (docs/adr/0008).
    """
    letter = _in_draft(letter, unlocked)
    case = letter.cases.get(pk=case.pk)
    if letter.cases.count() == 1:
        raise StepRefused(
            _("The letter speaks of no other case. Add another one first, or withdraw the letter with a reason.")
        )
    version = drafts.latest(letter, unlocked=unlocked)
    _require_unnamed(case, version, unlocked)
    with translation.override(letter.language):
        kept = _without(version.text, merging.allegations_of(case, unlocked=unlocked))
        text = "\n\n".join([_(merging.CHECK), *kept])
    letter.letter_cases.filter(case=case).delete()
    named = {ref: codes for ref, codes in version.named.items() if ref != case.ref}
    drafts.add_version(letter, text=text, named=named, unlocked=unlocked)
    _record("letter.case_taken_out", letter, case, unlocked)
    return letter


def _in_draft(letter: Letter, unlocked: Unlocked) -> Letter:
    letter = drafts.locked(letter, unlocked)
    if letter.state != LetterState.DRAFT:
        raise StepRefused(_("Cases are chosen in draft only. Take the letter back to draft first, with a reason."))
    return letter


def _require_same_addressee(letter: Letter, case: Case) -> None:
    if letter.cases.filter(pk=case.pk).exists():
        raise StepRefused(_("This case is in the letter already."))
    spoken_to = set(letter.cases.values_list("country", flat=True)) or {letter.country_id}
    if spoken_to != {case.country_id}:
        raise StepRefused(
            _("This case does not concern the State that the letter goes to. Begin a letter of its own for it.")
        )


def _require_unnamed(case: Case, version: drafts.Version, unlocked: Unlocked) -> None:
    """Nobody asks later whether people of a case that is out agreed to be named (R4)."""
    named = set(version.named.get(case.ref, [])) | naming.recognised(case, version.text, unlocked)
    if named:
        raise StepRefused(
            _("The text names somebody of %(ref)s: %(codes)s. Write a version that does not, then take the case out.")
            % {"ref": case, "codes": ", ".join(sorted(named))}
        )


def _without(text: str, gone: list[str]) -> list[str]:
    """Two cases may say the same sentence; then one of the two stays."""
    left = Counter(part for each in gone for part in paragraphs(each))
    kept = []
    for part in paragraphs(text):
        if left[part]:
            left[part] -= 1
        else:
            kept.append(part)
    return kept


def _record(verb: str, letter: Letter, case: Case, unlocked: Unlocked) -> None:
    audit.record(by=unlocked.user, verb=verb, target=letter, label=f"letter {letter.pk}", case=str(case.pk))
