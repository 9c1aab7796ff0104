"""The text of a letter, version by version, sealed in a compartment of its own; none is ever overwritten.

Rows keep the number of the last version and whether it names anybody, no word of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communications.cases.enums import CaseState
from communications.cases.models import Case
from communications.desk.permissions import may_open_cases
from communications.enums import Clearance, LetterState, Role
from communications.exceptions import StepRefused
from communications.letters import merging
from communications.models import Letter, LetterCase, Norm, Signatory
from communications.permissions import may_take_steps
from iesogi.audit import services as audit
from iesogi.reference.models import Country, Mandate
from iesogi.vault import members, records
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import Damaged
from iesogi.vault.intake import submit_sealed
from iesogi.vault.models import SealedRecord
from iesogi.vault.records import Part
from iesogi.vault.sessions import Unlocked

Named = dict[str, list[str]]  # reference of a case -> codes of the alleged victims whom the text names


@dataclass(frozen=True)
class Version:
    number: int
    at: datetime
    by: str
    text: str = field(repr=False)
    named: Named = field(repr=False)


@transaction.atomic
def begin(
    cases: Iterable[Case],
    *,
    kind: str,
    language: str,
    norms: Iterable[Norm],
    unlocked: Unlocked,
    mandates: Iterable[Mandate] = (),
    country: Country | None = None,
) -> Letter:
    """A letter on these cases, with the first text merged from template, norms and what the cases say.

    `mandates` sign with us; ours leads, until the list of who signs is put into another order. `country` is for a
    letter without a case: cases say it themselves, or keep it sealed.
    """
    cases = [locked_case(case) for case in cases]
    judge(cases, unlocked)
    letter = Letter(
        kind=kind, language=language, country=_state(cases, country), owner=unlocked.user, state=LetterState.DRAFT
    )
    mandates = list(mandates)
    if mandates:
        letter.joint, letter.mandate_count = True, len(mandates) + 1
        letter.role = Role.LEAD  # whoever begins a joint letter leads it, and signs first
    letter.full_clean()
    letter.save(force_insert=True)
    LetterCase.objects.bulk_create(LetterCase(letter=letter, case=case, added_by=unlocked.user) for case in cases)
    _list_who_signs(letter, mandates)
    text = merging.first_text(letter, cases, norms, unlocked=unlocked)
    submit_sealed(
        number=None,
        content=[_part(1, text, {}, unlocked)],
        identity_channel=None,
        at=timezone.now(),
        then=lambda sealed: _keep(letter, content_id=sealed.content, draft_version=1),
    )
    audit.record(by=unlocked.user, verb="letter.begun", target=letter, label=f"letter {letter.pk}")
    return letter


def _state(cases: list[Case], chosen: Country | None) -> Country | None:
    """The one of the cases; for a letter without a case the one that was chosen."""
    states = {case.country for case in cases} or {chosen}
    if len(states) > 1:
        raise StepRefused(
            _("These cases concern different States, and a letter goes to one. Begin a letter for each.")
        )
    if chosen is not None and chosen not in states:
        raise StepRefused(_("The cases say to which State the letter goes, or keep it sealed. Leave the State empty."))
    return states.pop()


def _list_who_signs(letter: Letter, others: list[Mandate]) -> None:
    """A letter of ours alone lists nobody."""
    if not others:
        return
    signing = [*Mandate.objects.filter(is_ours=True), *others]
    Signatory.objects.bulk_create(
        Signatory(letter=letter, mandate=mandate, order=order) for order, mandate in enumerate(signing, start=1)
    )


def locked_case(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("country").get(pk=case.pk)


def judge(cases: list[Case], unlocked: Unlocked) -> None:
    for decision in (may_take_steps(unlocked.user), may_open_cases(unlocked.user)):
        if not decision:
            raise StepRefused(decision.reason)
    for case in cases:
        if case.state != CaseState.TAKEN_UP:
            raise StepRefused(
                _("%(ref)s is “%(state)s”. A letter begins when the mandate holder has taken the case up.")
                % {"ref": case, "state": CaseState(case.state).label}
            )
        if case.consent_withdrawn:
            raise StepRefused(
                _("The consent in %(ref)s was withdrawn, so no letter is written on it.") % {"ref": case}
            )


def _part(number: int, text: str, named: Named, unlocked: Unlocked) -> Part:
    content = {"version": number, "text": text, "named": named, "by": unlocked.user.username}
    return Part(Kind.LETTER_DRAFT, content)


def _keep(letter: Letter, **values) -> None:
    for name, value in values.items():
        setattr(letter, name, value)
    letter.save(update_fields=list(values))


def locked(letter: Letter, unlocked: Unlocked) -> Letter:
    decision = may_take_steps(unlocked.user, letter)
    if not decision:
        raise StepRefused(decision.reason)
    return Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)


@transaction.atomic
def write(letter: Letter, *, text: str, named: Named, base: int, unlocked: Unlocked) -> Letter:
    """One more version. Clearances spoke of the text before, so the co-signing mandates are asked anew."""
    letter = locked(letter, unlocked)
    if letter.state != LetterState.DRAFT:
        raise StepRefused(_("The text is changed in draft only. Take the letter back to draft first, with a reason."))
    if base != letter.draft_version:
        raise StepRefused(
            _("Version %(number)s was written meanwhile. Compare it with yours, which is kept below, and save again.")
            % {"number": letter.draft_version}
        )
    if not text.strip():
        raise StepRefused(_("The text is empty. Write it first."))
    add_version(letter, text=text.strip(), named=named, unlocked=unlocked)
    return letter


def add_version(letter: Letter, *, text: str, named: Named, unlocked: Unlocked) -> None:
    """The next version of a letter that is locked and in draft, whoever judged it."""
    number = letter.draft_version + 1
    seal(letter, _part(number, text, named, unlocked), unlocked=unlocked)
    letter.signatories.exclude(clearance=Clearance.NOT_ASKED).update(
        clearance=Clearance.NOT_ASKED, asked_on=None, answered_on=None, answered_by=""
    )
    _keep(letter, draft_version=number, names_people=any(named.values()), naming_basis="")
    audit.record(by=unlocked.user, verb="letter.written", target=letter, label=f"letter {letter.pk}", version=number)


def seal(letter: Letter, part: Part, *, unlocked: Unlocked) -> None:
    """Add one record to the compartment of the letter. Raises StepRefused where it was erased."""
    opened = _opened(letter, unlocked)
    records.write(opened.place, [part], mark_key=opened.mark_key, thread=opened.thread, at=timezone.now())


def _opened(letter: Letter, unlocked: Unlocked):
    if letter.content_id is None:
        raise StepRefused(
            _("No text of this letter is kept here: it was written elsewhere, or erased with its cases.")
        )
    try:
        return members.open_compartment(unlocked, letter.content_id)
    except Damaged as error:
        raise StepRefused(_("The text of this letter is damaged. Tell the administrator at once.")) from error


def versions(letter: Letter, *, unlocked: Unlocked) -> list[Version]:
    """Oldest first. One that is damaged is left out, and its number with it. Leaves no trace; callers leave one."""
    found = [record.content for record in _read(letter, Kind.LETTER_DRAFT, unlocked)]
    return sorted(found, key=lambda version: version.number)


def _read(letter: Letter, kind: Kind, unlocked: Unlocked) -> list:
    opened = _opened(letter, unlocked)
    made = []
    for row in SealedRecord.objects.filter(compartment=letter.content_id, kind=kind):
        try:
            made.append(_Read(records.read(row, opened)))
        except Damaged:
            continue
    return made


class _Read:
    """A record as this module hands it on."""

    def __init__(self, opened):
        self.at, said = opened.at, opened.content
        self.content = said
        if opened.kind == Kind.LETTER_DRAFT:
            self.content = Version(said["version"], opened.at, said["by"], said["text"], said["named"])


def reasons(letter: Letter, *, unlocked: Unlocked) -> list[dict]:
    """Objections and reasons that were sealed with the letter, oldest first."""
    found = sorted(_read(letter, Kind.REASON, unlocked), key=lambda record: record.at)
    return [{**record.content, "at": record.at} for record in found]


def latest(letter: Letter, *, unlocked: Unlocked) -> Version:
    """The version that the row counts; StepRefused if it is damaged, for an older one must not go out for it."""
    found = [version for version in versions(letter, unlocked=unlocked) if version.number == letter.draft_version]
    if not found:
        raise StepRefused(_("The last version of the text does not open. Tell the administrator at once."))
    return found[-1]
