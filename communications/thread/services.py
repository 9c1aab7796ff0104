"""What a source does after coming back by number: read our answers, add, change consent, tell of reprisals.

None of it leaves a clock, a running number, an audit entry, a mail or a deadline. What was sent before stays closed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from communications.cases import consent
from communications.cases.contents import Consented, MessageIn
from communications.cases.enums import CaseState, Consent, FileState
from communications.cases.models import Case, CaseFile
from iesogi.vault import intake
from iesogi.vault.enums import Kind, Reason
from iesogi.vault.exceptions import AlreadySent, UnknownNumber
from iesogi.vault.files import Incoming, StoredFile
from iesogi.vault.intake import Thread
from iesogi.vault.models import SealedRecord
from iesogi.vault.records import Opened, Part
from iesogi.vault.returning import uuid_of


@dataclass(frozen=True)
class Page:
    """What the number shows."""

    state: CaseState
    answers: list[Opened]
    unreadable: int
    messages: int
    files: int
    consents: int


def case_of(thread: Thread) -> Case:
    """The case behind a thread, or the same refusal as for a number that opens nothing."""
    case = Case.objects.filter(content_id=thread.content.uuid).first()
    if case is None:
        raise UnknownNumber(_("This report was closed, so nothing more can be read here or added to it."))
    return case


def page_of(thread: Thread) -> Page:
    case, sent, answers = case_of(thread), intake.sent(thread), intake.answers(thread)
    return Page(
        state=CaseState(case.state),
        answers=answers,
        unreadable=sent[Kind.MESSAGE_OUT] - len(answers),
        messages=sent[Kind.MESSAGE_IN],
        files=sent[Kind.FILE_ABOUT],
        consents=sent[Kind.CONSENT],
    )


def add(
    thread: Thread, *, once: str, about: str, text: str, files: Iterable[Incoming] = (), at: datetime
) -> list[StoredFile]:
    """A message, with files or without. A reprisal is marked at once, so that it is seen before the text is read."""
    message = Part(Kind.MESSAGE_IN, MessageIn(about=about, text=text), uuid=uuid_of(thread, once))
    changed = {"reprisal_reported": True} if about == "reprisal" else {}
    return _add(thread, [message], changed, files=files, at=at)


def answer(thread: Thread, *, once: str, code: str, answers: dict[str, Consent], words: str, at: datetime) -> None:
    """Lines of the ledger of consent. A no takes effect at once, whoever it is of; a yes when staff have read it."""
    lines = [_line(code, use, value, at) for use, value in answers.items()]
    parts = [Part(Kind.CONSENT, line) for line in lines]
    parts[0] = Part(Kind.CONSENT, lines[0], uuid=uuid_of(thread, once))
    if words:
        parts.append(Part(Kind.MESSAGE_IN, MessageIn(about="consent", text=words)))
    _add(thread, parts, consent.forbidden_by(lines), at=at)


def withdraw(thread: Thread, *, once: str, code: str, words: str, at: datetime) -> None:
    """Everything, for one person or for all: nothing may be used from this moment on."""
    answer(thread, once=once, code=code, answers={consent.ALL: Consent.NO}, words=words, at=at)


def _line(code: str, use: str, value: Consent, at: datetime) -> Consented:
    return Consented(
        code=code,
        use=use,
        answer=value.value,
        given_by="source",
        given_on=at.date().isoformat(),
        how="return",
        recorded_by="source",
    )


def _add(thread: Thread, parts: list[Part], changed: dict, *, files: Iterable[Incoming] = (), at: datetime):
    first = parts[0].uuid
    if SealedRecord.objects.filter(pk=first).exists():
        raise AlreadySent(_already())
    case = case_of(thread)

    def then(stored: list[StoredFile]) -> None:
        CaseFile.objects.bulk_create(_file_of(case, each) for each in stored)
        _mark(case, changed)

    try:
        return _told(intake.add(thread, content=parts, files=files, at=at, then=then))
    except IntegrityError as error:
        if SealedRecord.objects.filter(pk=first).exists():
            raise AlreadySent(_already()) from error
        raise


def _told(stored: list[StoredFile]) -> list[StoredFile]:
    """What a scanner found is not for whoever sent it; the words are neutral."""
    return [each._replace(reason=Reason.UNKNOWN) if each.reason == Reason.INFECTED else each for each in stored]


def _already() -> str:
    return _("This had arrived already. It was not taken a second time.")


def _file_of(case: Case, stored: StoredFile) -> CaseFile:
    return CaseFile(
        case=case,
        state=FileState(stored.outcome.value),
        about_id=stored.about,
        cleaned_id=stored.cleaned,
        original_id=stored.original,
    )


@transaction.atomic
def _mark(case: Case, changed: dict) -> None:
    """News keeps a case from being erased; a case it was merged into is told as well."""
    told = Q(pk=case.pk) | Q(pk=case.merged_into_id)
    news = {"has_news": True, "paused": True}
    rows = Case.objects.select_for_update().exclude(state=CaseState.ERASED).filter(told).order_by("pk")
    for row in rows:
        news["consent_narrowed"] = row.consent_narrowed or consent.is_narrower(row, changed)
        for name, value in (news | changed).items():
            setattr(row, name, value)
        row.save(update_fields=[*news, *changed])
