"""What a sender does after coming back by number: read what the team asks, add, restrict, withdraw.

None of it leaves an audit entry or a running number. Whatever makes a contribution less public takes effect at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from iesogi.outbox import services as outbox
from iesogi.vault import intake
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import AlreadySent, UnknownNumber, VaultRefused
from iesogi.vault.files import Incoming, StoredFile
from iesogi.vault.intake import Thread
from iesogi.vault.models import SealedRecord
from iesogi.vault.records import Opened, Part
from iesogi.vault.returning import uuid_of
from reports.calls.models import Call
from reports.contributions import mails, publishing
from reports.contributions.enums import Publication, State
from reports.contributions.models import Contribution
from reports.contributions.services import add_files

# Each lets the public read less than the one before.
LESS = [Publication.PUBLIC, Publication.NAMELESS, Publication.CONFIDENTIAL]


@dataclass(frozen=True)
class Page:
    """What the number shows; nothing of what was sent before."""

    call: Call
    state: State
    publication: Publication
    is_published: bool
    answers: list[Opened]
    messages: int

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN

    @property
    def choices_left(self) -> list[tuple[str, str]]:
        return [(each.value, each.label) for each in LESS[LESS.index(self.publication) + 1 :]]


def contribution_of(thread: Thread) -> Contribution:
    """Behind a thread, or the same refusal as for a number that opens nothing."""
    rows = Contribution.objects.select_related("call").prefetch_related("call__texts")
    found = rows.filter(content_id=thread.content.uuid).first()
    if found is None:
        raise UnknownNumber(
            _("This number opens no contribution. If it is that of a report on a violation, it opens the other page.")
        )
    return found


def page_of(thread: Thread) -> Page:
    row = contribution_of(thread)
    return Page(
        call=row.call,
        state=State(row.state),
        publication=Publication(row.publication),
        is_published=row.published_at is not None,
        answers=intake.answers(thread),
        messages=intake.sent(thread)[Kind.MESSAGE_IN],
    )


def add(thread: Thread, *, once: str, text: str, files: Iterable[Incoming] = (), at: datetime) -> list[StoredFile]:
    part = Part(Kind.MESSAGE_IN, {"text": text}, uuid=uuid_of(thread, once))

    def then(row: Contribution, stored: list[StoredFile]) -> None:
        add_files(row, stored)

    return _write(thread, part, then, files=files, at=at)


def restrict(thread: Thread, *, once: str, publication: str, at: datetime) -> None:
    """Less public than it was: what stood in clear beyond that is erased in the same moment."""
    part = Part(Kind.CONSENT, {"publication": publication}, uuid=uuid_of(thread, once))

    def then(row: Contribution, _stored) -> None:
        if LESS.index(Publication(publication)) > LESS.index(Publication(row.publication)):
            publishing.restrict(row, Publication(publication))
            if row.is_confidential:
                outbox.erase(mails.mails_of(row))

    _write(thread, part, then, at=at)


def withdraw(thread: Thread, *, once: str, at: datetime) -> None:
    part = Part(Kind.CONSENT, {"withdrawn": True}, uuid=uuid_of(thread, once))

    def then(row: Contribution, _stored) -> None:
        publishing.restrict(row, Publication.CONFIDENTIAL)
        row.state, row.reason = State.WITHDRAWN, ""
        row.save(update_fields=["state", "reason"])
        outbox.erase(mails.mails_of(row))

    _write(thread, part, then, at=at)


def _write(thread: Thread, part: Part, then, *, files: Iterable[Incoming] = (), at: datetime) -> list[StoredFile]:
    pk = contribution_of(thread).pk

    def act(stored: list[StoredFile]) -> None:
        row = Contribution.objects.select_for_update().get(pk=pk)
        if row.state == State.WITHDRAWN:
            raise VaultRefused(_("You have withdrawn this contribution, so nothing is added to it any more."))
        then(row, stored)
        row.has_news = True
        row.save(update_fields=["has_news"])

    if SealedRecord.objects.filter(pk=part.uuid).exists():
        raise AlreadySent(_("This had arrived already. It was not taken a second time."))
    try:
        return intake.add(thread, content=[part], files=files, at=at, then=act)
    except IntegrityError as error:
        if SealedRecord.objects.filter(pk=part.uuid).exists():
            raise AlreadySent(_("This had arrived already. It was not taken a second time.")) from error
        raise
