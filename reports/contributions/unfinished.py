"""A contribution that its sender finishes another day: kept by the vault so that the number alone opens it.

The team reads nothing of it before it is sent. In clear stands only for which call it is, so that they can be counted
and erased. Saving needs nothing to be right: what was typed is judged when it is sent.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines.days import day_of
from iesogi.vault import intake, receipts, tokens
from iesogi.vault import unfinished as vault
from iesogi.vault.editions import NOTHING_YET, Seen
from iesogi.vault.exceptions import TokenRefused, UnknownNumber
from iesogi.vault.intake import Derived
from iesogi.vault.tokens import Ticket
from iesogi.vault.unfinished import Kept, NewFile
from reports.calls import closing
from reports.calls.exceptions import CallClosed
from reports.calls.models import Call, LateLink
from reports.calls.zones import in_words
from reports.contributions.models import UnfinishedContribution

AT_ONCE = timedelta(0)


@dataclass(frozen=True)
class Held:
    """What the token of a form, or the number typed again, leads to."""

    ticket: Ticket
    derived: Derived
    kept: Kept | None

    @property
    def begun(self) -> datetime:
        """The first time, however often it was come back to."""
        return begun_of(self.kept) if self.kept else self.ticket.begun

    @property
    def files(self):
        return self.kept.files if self.kept else ()

    @property
    def edition(self) -> str:
        """For the page that shows it, which brings it along when it is saved or sent."""
        return self.kept.edition if self.kept else NOTHING_YET

    def language(self, *, at_the_door: str) -> str:
        """Of the page that opens: the one that was chosen at the door; or, where that stood in the language in which
        everybody finds it, the one in which it was saved."""
        saved_in = self.kept.content.get("page_language") if self.kept else None
        chosen = at_the_door != settings.LANGUAGE_CODE or saved_in not in dict(settings.LANGUAGES)
        return at_the_door if chosen else saved_in

    def as_it_is_now(self) -> "Held":
        return replace(self, kept=vault.find(self.derived))

    def new_token(self, *, now: datetime) -> str:
        return tokens.new_token(now=now, number=self.ticket.number, begun=self.begun)


def begun_of(kept: Kept) -> datetime:
    return datetime.fromisoformat(kept.content["begun"])


def held_by(call: Call, *, token: str, number: str = "", now: datetime) -> Held:
    """Raises VaultRefused. A number typed beside the form counts more than a token that is too old."""
    if number:
        return held_by_number(call, receipts.read_number(number))
    ticket = _ticket(token, now=now)
    derived = intake.derive(ticket.number)
    kept = vault.find(derived)
    if kept and not _rows(call).filter(pk=kept.uuid).exists():
        raise TokenRefused(_("This page belongs to another call. Nothing was sent yet; please send again."))
    return Held(ticket, derived, kept)


def _ticket(token: str, *, now: datetime) -> Ticket:
    """A page that a number has opened has its text already, so nobody is too fast who sends or saves that."""
    return tokens.read_ticket(token, now=now, **({"at_least": AT_ONCE} if came_back(token, now=now) else {}))


def came_back(token: str, *, now: datetime) -> bool:
    """Whether a number has opened the page with this token; no key is derived for it."""
    try:
        return tokens.read_ticket(token, now=now, at_least=AT_ONCE).came_back
    except TokenRefused:
        return False


def held_by_number(call: Call, number: str) -> Held:
    derived = intake.derive(number)
    kept = vault.find(derived)
    if kept and _rows(call).filter(pk=kept.uuid).exists():
        return Held(Ticket(number, begun_of(kept), came_back=True), derived, kept)
    raise UnknownNumber(_("This number opens no unfinished contribution to this call. Compare the digits."))


def _rows(call: Call) -> QuerySet:
    return UnfinishedContribution.objects.filter(call=call)


def opened(number: str, derived: Derived) -> tuple[Call, Held] | None:
    """What a number opens that was typed at the door, or that a page brings along which a number has opened."""
    kept = vault.find(derived)
    row = kept and UnfinishedContribution.objects.select_related("call").filter(pk=kept.uuid).first()
    return (row.call, Held(Ticket(number, begun_of(kept), came_back=True), derived, kept)) if row else None


# --- Keep and erase -------------------------------------------------------------------------------


def save(
    call: Call,
    held: Held,
    typed: dict[str, str],
    *,
    staying: Collection = (),
    new: Iterable[NewFile] = (),
    link: LateLink | None = None,
    seen: Seen | None = None,
    at: datetime,
) -> Kept:
    """Under the number that it has. Raises CallClosed for what was not begun in time, SentAlready after sending, and
    SavedMeanwhile where something else lies there than was `seen`."""
    if call.closes_at and not held.kept and link is None and held.begun > closing.last_closing(call):
        raise CallClosed(
            _("The call closed on %(when)s, so nothing new is kept. Copy your text from this page.")
            % {"when": in_words(closing.last_closing(call), call.zone)}
        )
    content = {"version": 1, "begun": held.begun.isoformat(), "typed": typed, "page_language": get_language()}
    made = partial(_make_row, call)
    return vault.keep(held.derived, content, staying=staying, new=new, seen=seen, at=at, then=made)


def _make_row(call: Call, uuid) -> None:
    UnfinishedContribution.objects.create(pk=uuid, call=call)


def delete(held: Held) -> None:
    vault.end(held.derived)


def last_day(call: Call) -> date | None:
    """On which it can still be opened; it is erased in the night after.

    A call that was taken back, and has no closing time any more, counts from its publication.
    """
    counted_from = closing.last_closing(call) if call.closes_at else call.published_at
    return day_of(counted_from) + timedelta(days=settings.UNFINISHED_KEPT_DAYS) if counted_from else None


def calls_to_clear(*, on: date) -> list[Call]:
    """With unfinished contributions whose last day is over."""
    calls = Call.objects.filter(unfinished__isnull=False).prefetch_related("deadlines").distinct()
    return [call for call in calls if (day := last_day(call)) and day < on]


@transaction.atomic
def clear(call: Call) -> int:
    """Nothing of them opens any more, for anybody; the audit says how many there were."""
    count = vault.erase(_rows(call).values_list("pk", flat=True))
    if count:
        audit.record(by=None, verb="call.unfinished_erased", target=call, count=count)
    return count
