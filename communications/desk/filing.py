"""Files of a case on their way out, and answers on consent on their way in."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from communications.cases import recall
from communications.cases.models import Case
from communications.desk import disclosing, opening, steps
from communications.desk.permissions import may_open_cases
from communications.exceptions import StepRefused
from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from iesogi.vault import custody, disclosure, files
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import NotAMember
from iesogi.vault.members import open_compartment
from iesogi.vault.models import SealedRecord
from iesogi.vault.records import Part
from iesogi.vault.sessions import Unlocked

FILES = [Kind.FILE_CLEANED, Kind.FILE_ORIGINAL]


def download(case: Case, record: UUID, *, unlocked: Unlocked, on: date):
    """The answer that carries the file. Raises Damaged before the first byte, Http404 for a file of another case."""
    places = [place for place in (case.content_id, case.identity_id) if place]
    row = SealedRecord.objects.select_related("compartment__channel").filter(
        pk=record, compartment__in=places, kind__in=FILES
    )
    found = row.first()
    if found is None:
        raise Http404
    stream = _stream(case, found, unlocked=unlocked, on=on)
    audit.record(by=unlocked.user, verb="case.downloaded", target=case, record=str(found.uuid), kind=found.kind)
    return files.response(stream, name_of(case, found, unlocked=unlocked))


def _stream(case, record, *, unlocked, on):
    """By the compartment's own key; failing that, an original that was disclosed to this person."""
    try:
        return files.download(record, open_compartment(unlocked, record.compartment_id))
    except NotAMember:
        if record.compartment_id != case.identity_id:
            raise
        return disclosure.download(record, unlocked=unlocked, on=on)


def name_of(case: Case, record: SealedRecord, *, unlocked: Unlocked) -> str:
    """As its sender called it, for who can read that; else the reference."""
    for about in opening.look(case, unlocked=unlocked).files:
        if str(record.uuid) in {about.get("cleaned"), about.get("original"), about.get("released")}:
            kind = about.get("type", "") if record.kind == Kind.FILE_CLEANED else ""
            return files.safe_name(about.get("name") or case.ref, kind=kind)
    return f"{case.ref}.bin"


# --- What a custodian does with an original -------------------------------------------------------


class Original(NamedTuple):
    record: SealedRecord
    label: str  # the sender's name for it, where this vault reads the content; else a number


def originals(case: Case, *, unlocked: Unlocked) -> list[Original]:
    """Leaves no trace; the pages that list them do."""
    abouts = opening.look(case, unlocked=unlocked).files
    names = {about.get("original"): about.get("name") for about in abouts}
    numbered = enumerate(disclosing.originals_of(case), start=1)
    return [Original(row, names.get(str(row.uuid)) or _("Original %(n)s") % {"n": n}) for n, row in numbered]


def original_of(case: Case, record: UUID, *, unlocked: Unlocked) -> Original:
    """Raises NotAMember for who is no custodian, before a button is shown that would refuse them."""
    found = [each for each in originals(case, unlocked=unlocked) if each.record.uuid == record]
    if not found:
        raise Http404
    open_compartment(unlocked, case.identity_id)
    return found[0]


def clean_again(case: Case, *, original: SealedRecord, unlocked: Unlocked) -> None:
    """A new cleaned copy for the team. Takes as long as the cleaner may, so no row is locked meanwhile."""
    _for_team(case, original, custody.clean_again, verb="case.file_cleaned_again", unlocked=unlocked)


def release(case: Case, *, original: SealedRecord, unlocked: Unlocked) -> None:
    """The untouched file for everyone who opens the case."""
    _for_team(case, original, custody.release_to_team, verb="case.file_released", unlocked=unlocked)


def _for_team(case: Case, original: SealedRecord, do: Callable, *, verb: str, unlocked: Unlocked) -> None:
    decision = may_open_cases(unlocked.user, case)
    if not decision:
        raise StepRefused(decision.reason)
    stored = do(original, content=case.content_id, unlocked=unlocked, at=timezone.now())
    if stored.cleaned:
        case.files.filter(original=original).update(state=stored.outcome.value, cleaned=stored.cleaned)
    audit.record(by=unlocked.user, verb=verb, target=case, record=str(original.uuid))


# --- Consent --------------------------------------------------------------------------------------


@transaction.atomic
def record_consent(case: Case, *, unlocked: Unlocked, given_on: date, **line: str) -> Case:
    """One more line of the ledger; then the readable columns say the strictest of all answers (R4, R5)."""
    found = opening.writable(steps.locked(case, unlocked), unlocked=unlocked)
    content = {**line, "given_on": given_on.isoformat(), "recorded_by": unlocked.user.username}
    opening.write(found, [Part(Kind.CONSENT, content)], at=timezone.now())
    return refresh(found.case, unlocked=unlocked)


def refresh(case: Case, *, unlocked: Unlocked) -> Case:
    """The readable columns, from all that an open vault reads of the ledger."""
    recall.changed(case, opening.look(case, unlocked=unlocked).columns, on=today(), by=unlocked.user)
    audit.record(by=unlocked.user, verb="case.consent_recorded", target=case)
    return case
