"""A case as an open vault shows it. What is damaged stands in its place as damaged, and the rest works."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from communications.cases import consent, recall
from communications.cases.contents import Report
from communications.cases.enums import CaseState
from communications.cases.models import Case
from communications.exceptions import StepRefused
from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from iesogi.vault import custody, members, records
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import Damaged, NotAMember
from iesogi.vault.models import CompartmentGrant, Receipt, SealedRecord
from iesogi.vault.records import OpenCompartment, Opened
from iesogi.vault.sessions import Unlocked

# Text of the content compartment; files open by themselves.
TEXTS = [
    Kind.REPORT, Kind.CONSENT, Kind.MESSAGE_IN, Kind.MESSAGE_OUT, Kind.NOTE, Kind.TITLE, Kind.REASON, Kind.FILE_ABOUT,
]  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One record on the page; `opened` is None where it is damaged."""

    uuid: UUID
    kind: Kind
    opened: Opened | None

    @property
    def at(self) -> datetime | None:
        return self.opened.at if self.opened else None

    @property
    def content(self) -> Any:
        return self.opened.content if self.opened else None

    @property
    def is_damaged(self) -> bool:
        return self.opened is None


@dataclass(frozen=True)
class OpenCase:
    """`compartment` is None for a custodian who does not belong to “cases”, or where the key itself is damaged."""

    case: Case
    unlocked: Unlocked = field(repr=False)
    compartment: OpenCompartment | None = field(repr=False)
    items: list[Item] = field(repr=False)
    why_closed: str = ""

    def of(self, *kinds: Kind) -> list[Item]:
        """Oldest first; what is damaged stands at the end, for nobody knows its day."""
        found = [item for item in self.items if item.kind in kinds]
        return sorted(found, key=lambda item: (item.at is None, item.at.timestamp() if item.at else 0, str(item.uuid)))

    @property
    def report(self) -> Report | None:
        """The first; what came later is in messages."""
        return next((item.content for item in self.of(Kind.REPORT) if item.content), None)

    @property
    def is_damaged(self) -> bool:
        """The report itself, or the key of the case: nothing is written beside it, for nobody knows whose it is."""
        return self.compartment is not None and self.report is None

    @property
    def title(self) -> str:
        titles = [item.content["text"] for item in self.of(Kind.TITLE) if item.content]
        return titles[-1] if titles else ""

    @property
    def conversation(self) -> list[Item]:
        return self.of(Kind.MESSAGE_IN, Kind.MESSAGE_OUT)

    @property
    def notes(self) -> list[Item]:
        """Reasons for keeping it longer stand among the notes; answers of custodians stand with their requests."""
        reasons = {item.uuid for item in self.of(Kind.REASON) if (item.content or {}).get("about") != "retention"}
        return [item for item in self.of(Kind.NOTE, Kind.REASON) if item.uuid not in reasons]

    @property
    def standing(self) -> consent.Standing:
        return consent.standing(item.opened for item in self.items if item.opened)

    @property
    def columns(self) -> dict[str, bool]:
        """What the ledger allows; whoever withdrew in a case merged into this one withdrew here."""
        opened = [item.opened for item in self.items if item.opened]
        is_withdrawn = consent.is_withdrawn(opened) or self.case.merged.filter(consent_withdrawn=True).exists()
        return consent.columns(consent.standing(opened), withdrawn=is_withdrawn)

    @property
    def files(self) -> list[dict[str, Any]]:
        return list(custody.latest(item.content for item in self.of(Kind.FILE_ABOUT) if item.content))

    @property
    def counts(self) -> Counter:
        return Counter(item.kind.value for item in self.items)


def look(case: Case, *, unlocked: Unlocked) -> OpenCase:
    """Open without a trace; callers leave one. A vault outside of “cases” gets an empty case and the reason why."""
    try:
        compartment = _compartment(case.content_id, unlocked)
    except (NotAMember, Damaged) as refusal:
        return OpenCase(case, unlocked, None, [], str(refusal))
    rows = SealedRecord.objects.filter(compartment=case.content_id, kind__in=TEXTS)
    return OpenCase(case, unlocked, compartment, [_item(row, compartment) for row in rows])


def _compartment(place: UUID | None, unlocked: Unlocked) -> OpenCompartment:
    if place is None:
        raise Damaged(_("The content of this case was erased."))
    return members.open_compartment(unlocked, place)


def _item(row: SealedRecord, compartment: OpenCompartment) -> Item:
    try:
        opened = records.read(row, compartment)
    except Damaged:
        opened = None
    return Item(row.uuid, Kind(row.kind), opened)


@transaction.atomic
def read_case(case: Case, *, unlocked: Unlocked) -> OpenCase:
    """Somebody reads it: in the audit with what was there to read, and the news are no news any more."""
    found = look(case, unlocked=unlocked)
    if found.compartment is None:
        audit.record(by=unlocked.user, verb="case.not_opened", target=case, why=type_of_refusal(found))
        return found
    damaged = sum(item.is_damaged for item in found.items)
    audit.record(by=unlocked.user, verb="case.opened", target=case, what=dict(found.counts), damaged=damaged)
    if case.has_news:
        _take_in(found)
    return found


def _take_in(found: OpenCase) -> None:
    """No news any more; and what the source said of consent counts from now on, a yes as well."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=found.case.pk)
    if found.of(Kind.CONSENT):
        recall.changed(case, _judged(case, found), on=today(), by=found.unlocked.user)
        found.case.refresh_from_db(fields=[*consent.COLUMNS.values(), "consent_withdrawn", "consent_task"])
    Case.objects.filter(pk=case.pk, has_news=True).update(has_news=False)


def _judged(case: Case, found: OpenCase) -> dict[str, bool]:
    """Where a no may be damaged, or lie in a case merged into this one, reading opens nothing that was closed."""
    columns = found.columns
    if any(item.is_damaged for item in found.items) or case.merged.exists():
        columns |= {name: columns[name] and getattr(case, name) for name in consent.COLUMNS.values()}
        columns["consent_withdrawn"] |= case.consent_withdrawn
    return columns


def type_of_refusal(found: OpenCase) -> str:
    """For the audit, which holds no sentence that could name anything."""
    return "erased" if found.case.content_id is None else "no key"


def identity_of(case: Case, *, unlocked: Unlocked) -> list[Item]:
    """Names, contact and reasons, for custodians; raises NotAMember for anyone else. Audited apart."""
    compartment = _compartment(case.identity_id, unlocked)
    kinds = [Kind.PEOPLE, Kind.CONTACT, Kind.REASON, Kind.NOTE, Kind.MESSAGE_IN]
    rows = SealedRecord.objects.filter(compartment=case.identity_id, kind__in=kinds)
    items = [_item(row, compartment) for row in rows]
    what = dict(Counter(item.kind.value for item in items))
    audit.record(by=unlocked.user, verb="case.identity_read", target=case, what=what)
    return sorted(items, key=lambda item: (item.kind, str(item.content)))


def writable(case: Case, *, unlocked: Unlocked) -> OpenCase:
    """The case, if something may be written into it; else StepRefused or NotAMember with the reason."""
    compartment = None
    if case.state == CaseState.ERASED or case.content_id is None:
        raise StepRefused(_("The content of this case was erased, so nothing can be added to it."))
    try:
        compartment = members.open_compartment(unlocked, case.content_id)
    except Damaged as error:
        raise StepRefused(_damaged()) from error
    rows = SealedRecord.objects.filter(compartment=case.content_id, kind=Kind.REPORT)
    found = OpenCase(case, unlocked, compartment, [_item(row, compartment) for row in rows])
    if found.is_damaged:
        raise StepRefused(_damaged())
    return found


def _damaged() -> str:
    return _("The report of this case is damaged, so nothing is written beside it. Tell the administrator at once.")


def write(found: OpenCase, parts: Iterable[records.Part], *, at: datetime) -> None:
    opened = found.compartment
    if not CompartmentGrant.objects.select_for_update().filter(compartment=opened.place.uuid).exists():
        raise StepRefused(_("The content of this case was erased, so nothing can be added to it."))
    records.write(opened.place, parts, mark_key=opened.mark_key, thread=opened.thread, at=at)


def has_number(case: Case) -> bool:
    """Whether the source can come back and read an answer."""
    return case.content_id is not None and Receipt.objects.filter(compartment=case.content_id).exists()
