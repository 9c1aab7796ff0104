"""Clearance, approval, sending, and the number that OHCHR gives afterwards. Each locks the row and judges under it."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from communications import services
from communications.enums import Clearance, LetterKind, LetterState
from communications.exceptions import StepRefused
from communications.letters import drafts, merging, naming
from communications.models import Letter, Signatory
from communications.permissions import may_approve, may_send, may_take_steps
from communications.references import MalformedReferenceError, parse
from communications.reprisals import services as reprisals
from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from iesogi.reference.models import Country
from iesogi.vault.enums import Kind
from iesogi.vault.records import Part
from iesogi.vault.sessions import Unlocked

ANSWERS = {Clearance.CLEARED, Clearance.OBJECTED}


@transaction.atomic
def record_clearance(
    signatory: Signatory, *, answer: str, on: date, answered_by: str, reason: str = "", unlocked: Unlocked
) -> Signatory:
    """What a co-signing mandate answered. An objection says why; the words are sealed with the letter."""
    letter = drafts.locked(signatory.letter, unlocked)
    signatory = letter.signatories.select_related("mandate").get(pk=signatory.pk)
    if letter.state != LetterState.CLEARANCE or answer not in ANSWERS:
        raise StepRefused(_("Answers are recorded while the letter is in clearance. See where it stands now."))
    if answer == Clearance.OBJECTED and not reason.strip():
        raise StepRefused(_("Say what the mandate objects to; it is sealed with the letter."))
    if not (signatory.asked_on and signatory.asked_on <= on <= today()):
        raise StepRefused(_("The answer came on a day between the question and today. Check the day."))
    signatory.clearance, signatory.answered_on, signatory.answered_by = answer, on, answered_by.strip()
    signatory.full_clean()
    signatory.save(update_fields=["clearance", "answered_on", "answered_by"])
    if reason.strip():
        what = {"about": "clearance", "who": str(signatory.mandate), "text": reason.strip()}
        part = Part(Kind.REASON, {**what, "by": unlocked.user.username, "version": letter.draft_version})
        drafts.seal(letter, part, unlocked=unlocked)
    audit.record(
        by=unlocked.user,
        verb="letter.clearance",
        target=letter,
        label=services.audit_label(letter),
        place=signatory.order,
        answer=answer,
    )
    return signatory


@transaction.atomic
def approve(letter: Letter, *, unlocked: Unlocked) -> Letter:
    """The mandate holder stands for the last version, which opens for them, and for whom it names (R4)."""
    letter = _locked(letter)
    decision = may_approve(unlocked.user, letter)
    if not decision:
        raise StepRefused(decision.reason)
    if letter.state != LetterState.APPROVAL:
        raise StepRefused(_("This letter is not up for approval. See where it stands now."))
    if letter.approved_by_id:
        raise StepRefused(_("It is approved already, by %(name)s.") % {"name": letter.approved_by})
    if places := merging.unfilled(drafts.latest(letter, unlocked=unlocked).text, letter.language):
        raise StepRefused(
            _("The text still has places to fill: %(places)s. Take it back to draft.") % {"places": " ".join(places)}
        )
    letter.names_people, letter.naming_basis = naming.basis(letter, unlocked=unlocked)
    letter.approved_by, letter.approved_on = unlocked.user, today()
    letter.full_clean()
    letter.save(update_fields=["names_people", "naming_basis", "approved_by", "approved_on"])
    audit.record(
        by=unlocked.user,
        verb="letter.approved",
        target=letter,
        label=services.audit_label(letter),
        version=letter.draft_version,
    )
    return letter


@transaction.atomic
def send(
    letter: Letter, *, on: date, unlocked: Unlocked, country: Country | None = None, other_addressee: str = ""
) -> Letter:
    """It went out through the Permanent Mission. Consent is judged at this moment, not as it was at the approval."""
    letter = _locked(letter)
    decision = may_send(unlocked.user, letter)
    if not decision:
        raise StepRefused(decision.reason)
    if LetterState.SENT not in LetterState(letter.state).successors:
        raise StepRefused(
            _("This letter is not up for sending, or it was sent a moment ago. See where it stands now.")
        )
    letter.names_people, letter.naming_basis = naming.basis(letter, unlocked=unlocked)
    if not letter.addressee:
        letter.country, letter.other_addressee = country, other_addressee.strip()
    if not letter.addressee:
        raise StepRefused(_("Say to whom it went: from now on the addressee stands in the register."))
    letter.save(update_fields=["names_people", "naming_basis", "country", "other_addressee"])
    letter = services.move(letter, LetterState.SENT, by=unlocked.user, on=on, names_judged=True)
    reprisals.record_sent(letter, by=unlocked.user)
    return letter


def record_reference(letter: Letter, *, reference: str, by) -> Letter:
    """The number that OHCHR gave out after sending. Its year may differ; one that stands already is refused (R8)."""
    try:
        return _record_reference(letter, reference=reference, by=by)
    except IntegrityError as error:  # another letter took the number between the question and the answer
        raise StepRefused(_("This reference number was recorded for another letter a moment ago.")) from error


@transaction.atomic
def _record_reference(letter: Letter, *, reference: str, by) -> Letter:
    decision = may_take_steps(by, letter)
    if not decision:
        raise StepRefused(decision.reason)
    letter = _locked(letter)
    if letter.is_unsent:
        raise StepRefused(_("OHCHR gives the number after sending. Send the letter first."))
    if letter.number:
        raise StepRefused(
            _("This letter has its number, %(reference)s. Correct it in the form of the letter.")
            % {"reference": letter.reference}
        )
    _take(letter, reference)
    letter.full_clean()
    letter.save(update_fields=["reference_code", "number", "year"])
    audit.record(by=by, verb="letter.numbered", target=letter, label=services.audit_label(letter))
    return letter


def _take(letter: Letter, text: str) -> None:
    try:
        found = parse(text)
    except MalformedReferenceError as error:
        raise StepRefused(str(error)) from error
    if found.year > today().year:
        raise StepRefused(_("The year %(year)s is still to come. Correct the number.") % {"year": found.year})
    if found.kind and letter.kind and found.kind != letter.kind:
        raise StepRefused(
            _("The reference says “%(said)s”, the letter is “%(kind)s”. Correct the one that is wrong.")
            % {"said": LetterKind(found.kind).label, "kind": letter.get_kind_display()}
        )
    letter.reference_code, letter.number, letter.year = found.country, found.number, found.year


def _locked(letter: Letter) -> Letter:
    return Letter.objects.select_for_update(of=("self",)).select_related("country").get(pk=letter.pk)
