"""Names for one officer until a day: the officer asks with a reason, a custodian gives or refuses with one.

The reason is sealed into the identity compartment, which the custodian opens; the answer into the content, which the
officer opens. So neither needs the other's key, and the database holds no word of either.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communications.cases.enums import DisclosureState
from communications.cases.models import Case, DisclosureRequest
from communications.desk import opening, steps
from communications.desk.permissions import may_open_cases
from communications.exceptions import StepRefused
from iesogi.audit import services as audit
from iesogi.vault import disclosure, records, sealing
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import Damaged, NotAMember
from iesogi.vault.members import open_compartment
from iesogi.vault.models import Compartment, RecordGrant, SealedRecord, Vault
from iesogi.vault.records import Opened, Part, Place
from iesogi.vault.sessions import Unlocked

LASTS = timedelta(days=30)
DISCLOSABLE = [Kind.PEOPLE, Kind.CONTACT, Kind.FILE_ORIGINAL]


def records_of(case: Case) -> list[SealedRecord]:
    """What could be asked for; what it holds is not known to whoever asks."""
    rows = SealedRecord.objects.filter(compartment=case.identity_id, kind__in=DISCLOSABLE) if case.identity_id else []
    return sorted(rows, key=lambda row: (DISCLOSABLE.index(row.kind), str(row.uuid)))


def originals_of(case: Case) -> list[SealedRecord]:
    return [row for row in records_of(case) if row.kind == Kind.FILE_ORIGINAL]


@transaction.atomic
def ask(case: Case, *, wanted: Iterable[UUID | str], reason: str, unlocked: Unlocked) -> DisclosureRequest:
    case, reason = steps.locked(case, unlocked), reason.strip()
    found = opening.writable(case, unlocked=unlocked)
    ticked = {str(uuid) for uuid in wanted}
    rows = [row for row in records_of(case) if str(row.uuid) in ticked]
    if not rows:
        raise StepRefused(_("Tick at least one record that you need."))
    if not reason:
        raise StepRefused(_("Say what you need it for: the custodian decides by it."))
    part = Part(Kind.REASON, {"text": reason, "by": unlocked.user.username})
    records.write(_place(case.identity_id), [part], mark_key=found.compartment.mark_key, at=timezone.now())
    made = DisclosureRequest.objects.create(
        case=case, asked_by=unlocked.user, asked_on=timezone.localdate(), reason_id=part.uuid
    )
    made.records.set(rows)
    audit.record(by=unlocked.user, verb="disclosure.asked", target=case, records=[str(row.uuid) for row in rows])
    return made


def _place(uuid: UUID) -> Place:
    row = Compartment.objects.filter(pk=uuid).first()
    if row is None:
        raise StepRefused(_("The content of this case was erased."))
    return Place(row.uuid, row.public)


# --- The custodian --------------------------------------------------------------------------------


class Asked(NamedTuple):
    request: DisclosureRequest
    reason: str  # empty where it is damaged
    vault: Vault | None
    fingerprint: str


def asked(request: DisclosureRequest, *, unlocked: Unlocked) -> Asked:
    """The reason and the receiving vault's fingerprint; raises NotAMember for who is no custodian."""
    compartment = _identity(request.case, unlocked)
    vault = Vault.objects.in_use().filter(user=request.asked_by).first()
    return Asked(request, _reason(request, compartment), vault, sealing.fingerprint(vault.public) if vault else "")


def _identity(case: Case, unlocked: Unlocked):
    if case.identity_id is None:
        raise StepRefused(_("The content of this case was erased."))
    return open_compartment(unlocked, case.identity_id)


def _reason(request: DisclosureRequest, compartment) -> str:
    try:
        return records.read(request.reason, compartment).content["text"] if request.reason else ""
    except Damaged:
        return ""


@transaction.atomic
def give(request: DisclosureRequest, *, until: date, fingerprint: str, unlocked: Unlocked) -> DisclosureRequest:
    request = _waiting(request, unlocked)
    vault = Vault.objects.in_use().filter(user=request.asked_by).first()
    if vault is None:
        raise StepRefused(_("The officer has no vault in use any more. Refuse, and say so."))
    rows = list(request.records.select_related("compartment__channel"))
    for row in rows:
        disclosure.disclose(row, vault, fingerprint=fingerprint, until=until, unlocked=unlocked)
    return _answered(request, DisclosureState.GIVEN, unlocked, expires_on=until)


@transaction.atomic
def refuse(request: DisclosureRequest, *, reason: str, unlocked: Unlocked) -> DisclosureRequest:
    request = _waiting(request, unlocked)
    if not reason.strip():
        raise StepRefused(_("Say why: the officer reads it."))
    compartment = _identity(request.case, unlocked)
    part = Part(Kind.REASON, {"text": reason.strip(), "by": unlocked.user.username})
    content = _place(request.case.content_id)
    records.write(content, [part], mark_key=compartment.mark_key, at=timezone.now())
    request.answer_id = part.uuid
    return _answered(request, DisclosureState.REFUSED, unlocked)


def _waiting(request: DisclosureRequest, unlocked: Unlocked) -> DisclosureRequest:
    """Locked; judged again, for another custodian may have answered in the meantime."""
    request = DisclosureRequest.objects.select_for_update(of=("self",)).select_related("case").get(pk=request.pk)
    if request.state != DisclosureState.ASKED:
        raise StepRefused(_("This request was answered already."))
    if request.asked_by_id == unlocked.user.pk:
        raise StepRefused(_("Whoever asks for a disclosure cannot answer it. Another custodian decides."))
    _identity(request.case, unlocked)
    return request


def _answered(request, state: DisclosureState, unlocked: Unlocked, expires_on: date | None = None):
    request.state, request.answered_by, request.expires_on = state, unlocked.user, expires_on
    request.save(update_fields=["state", "answered_by", "expires_on", "answer"])
    to = request.asked_by.username
    audit.record(by=unlocked.user, verb=f"disclosure.{state.value}", target=request.case, to=to, until=expires_on)
    return request


# --- The officer ----------------------------------------------------------------------------------


class Told(NamedTuple):
    """How a request of one's own stands; `why_not` is the custodian's reason."""

    request: DisclosureRequest
    why_not: str
    is_open: bool


def told(case: Case, found: opening.OpenCase, *, on: date) -> list[Told]:
    """One's own requests. Given ones that have ended are gone from the list."""
    rows = case.disclosure_requests.filter(asked_by=found.unlocked.user).select_related("answered_by")
    reasons = {item.uuid: item.content["text"] for item in found.of(Kind.REASON) if item.content}
    kept = [row for row in rows if row.expires_on is None or row.expires_on >= on]
    return [Told(row, reasons.get(row.answer_id, ""), row.state == DisclosureState.GIVEN) for row in kept]


def read(request: DisclosureRequest, *, unlocked: Unlocked, on: date) -> tuple[list[opening.Item], list[SealedRecord]]:
    """Each record that was given, audited one by one; and the originals, which open when they are downloaded."""
    decision = may_open_cases(unlocked.user, request.case)
    if not decision or request.asked_by_id != unlocked.user.pk:
        raise NotAMember(decision.reason or _("This was disclosed to somebody else."))
    given = RecordGrant.objects.valid(on=on).filter(vault=unlocked.vault_id).values("record")
    rows = request.records.filter(pk__in=given).select_related("compartment__channel")
    if not rows:
        raise NotAMember(_("This disclosure has ended. Ask again if you still need it."))
    rows = sorted(rows, key=lambda row: (DISCLOSABLE.index(row.kind), str(row.uuid)))
    texts = [row for row in rows if row.kind != Kind.FILE_ORIGINAL]
    items = [opening.Item(row.uuid, Kind(row.kind), _opened(row, unlocked, on)) for row in texts]
    return items, [row for row in rows if row.kind == Kind.FILE_ORIGINAL]


def _opened(row: SealedRecord, unlocked: Unlocked, on: date) -> Opened | None:
    try:
        return disclosure.read(row, unlocked=unlocked, on=on)
    except Damaged:
        return None
