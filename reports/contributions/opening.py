"""A contribution as an open vault of the channel shows it. What is damaged stands in its place as damaged."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.vault import custody, files, records
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import Damaged
from iesogi.vault.members import open_compartment, open_compartments
from iesogi.vault.models import SealedRecord
from iesogi.vault.records import OpenCompartment
from iesogi.vault.sessions import Unlocked
from reports.contributions.models import Contribution, ContributionFile

TEXTS = [Kind.REPORT, Kind.CONTACT, Kind.MESSAGE_IN, Kind.MESSAGE_OUT, Kind.CONSENT, Kind.FILE_ABOUT, Kind.NOTE]
BODIES = [Kind.FILE_CLEANED, Kind.FILE_ORIGINAL]


@dataclass(frozen=True)
class Item:
    kind: Kind
    at: datetime | None
    content: Any = field(repr=False)


@dataclass(frozen=True)
class OpenContribution:
    report: dict = field(repr=False)
    email: str | None = field(repr=False)  # None once it was erased
    answers: list[tuple[str, str]] = field(repr=False)  # question and words
    conversation: list[Item] = field(repr=False)
    files: list[dict] = field(repr=False)
    notes: list[Item] = field(repr=False)
    damaged: int = 0


def look(row: Contribution, opened: OpenCompartment, questions: dict[int, str]) -> OpenContribution:
    """Without a trace; callers leave one."""
    items, damaged = [], 0
    for record in SealedRecord.objects.filter(compartment=row.content_id, kind__in=TEXTS):
        try:
            found = records.read(record, opened)
            items.append(Item(found.kind, found.at, found.content))
        except Damaged:
            damaged += 1
    items.sort(key=lambda item: item.at)
    report = next((item.content for item in items if item.kind == Kind.REPORT), {})
    contact = next((item.content for item in items if item.kind == Kind.CONTACT), {"email": None})
    said = sorted(report.get("answers", {}).items(), key=_place)
    answers = [(questions.get(int(key), key), text) for key, text in said]
    talk = [item for item in items if item.kind in {Kind.MESSAGE_IN, Kind.MESSAGE_OUT, Kind.CONSENT}]
    abouts = custody.latest(item.content for item in items if item.kind == Kind.FILE_ABOUT)
    notes = [item for item in items if item.kind == Kind.NOTE]
    return OpenContribution(report, contact["email"], answers, talk, list(abouts), notes, damaged)


def _place(pair: tuple[str, str]) -> int:
    return int(pair[0])


def questions_of(row: Contribution) -> dict[int, str]:
    return {question.order: f"{question.order}. {question.text}" for question in row.call.questions.all()}


@transaction.atomic
def read(row: Contribution, *, unlocked: Unlocked) -> OpenContribution:
    """Somebody reads it: in the audit, and news are no news any more. Raises NotAMember, or Damaged."""
    if row.content_id is None:
        raise Damaged(_("The content of this contribution was erased."))
    found = look(row, open_compartment(unlocked, row.content_id), questions_of(row))
    audit.record(by=unlocked.user, verb="contribution.opened", target=row, damaged=found.damaged)
    Contribution.objects.filter(pk=row.pk, has_news=True).update(has_news=False)
    return found


def download(row: Contribution, record: UUID, *, unlocked: Unlocked):
    """The answer that carries a file. Raises Damaged before the first byte."""
    found = SealedRecord.objects.filter(pk=record, compartment=row.content_id, kind__in=BODIES).first()
    if found is None:
        raise Damaged(_("There is no such file in this contribution."))
    opened = open_compartment(unlocked, row.content_id)
    about = about_of(row, record, opened)
    pieces = files.download(found, opened)
    audit.record(by=unlocked.user, verb="contribution.file_read", target=row)
    return files.response(pieces, name_of(about, found.kind))


def about_of(row: Contribution, record: UUID, opened: OpenCompartment) -> dict:
    rows = SealedRecord.objects.filter(compartment=row.content_id, kind=Kind.FILE_ABOUT)
    abouts = sorted((records.read(each, opened) for each in rows), key=lambda each: each.at)
    for about in custody.latest(each.content for each in abouts):
        if str(record) in {about.get("cleaned"), about.get("original")}:
            return about
    return {"name": "file", "type": ""}


def name_of(about: dict, kind: str) -> str:
    """A cleaned copy is named after what it is inside; an original keeps its name."""
    return files.safe_name(about["name"], kind=about.get("type", "") if kind == Kind.FILE_CLEANED else "")


def open_many(rows: list[Contribution], *, unlocked: Unlocked) -> dict[UUID, OpenCompartment | None]:
    return open_compartments(unlocked, [row.content_id for row in rows if row.content_id])


def clean(row: Contribution, original: UUID, *, unlocked: Unlocked, at: datetime) -> UUID:
    """The record of a copy without hidden data, made once. Raises VaultRefused where none can be made."""
    file = ContributionFile.objects.filter(contribution=row, original=original).select_related("original").first()
    if file is None:
        raise Damaged(_("There is no such file in this contribution."))
    if file.cleaned_id is None:
        made = custody.clean_again(file.original, content=row.content_id, unlocked=unlocked, at=at)
        file.cleaned_id, file.outcome = made.cleaned, made.outcome.value
        file.save(update_fields=["cleaned", "outcome"])
    return file.cleaned_id
