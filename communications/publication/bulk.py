"""Chosen letters put into the report of their session: shown letter by letter first, then proposed in one go.

It proposes and no more. Whoever does it has proposed each of them, and so cannot confirm one (R11, two persons).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.letters import bulk
from communications.models import Letter, Publication
from communications.permissions import may_take_steps
from communications.publication import services
from communications.publication.enums import PublicationState
from communications.publication.forms import WindowForm
from communications.publication.windows import report_session
from iesogi.deadlines.clock import short

LeftOut = list[tuple[Letter, str]]


@dataclass(frozen=True)
class Place:
    """Where one letter would go: a publication that is not in the database, and what its confirmation still needs."""

    publication: Publication
    own: int
    needs: list[str]

    @property
    def is_later(self) -> bool:
        return self.publication.session > self.own


def why_not(letter: Letter, row: Publication | None, *, session: int | None = None) -> str:
    """Why this letter cannot be proposed for that session, or for its own where none is given; empty if it can."""
    if letter.public or (row and row.is_public):
        return _("it is public already; what was published stays as it is.")
    if letter.is_unsent:
        return _("it was not sent, so it belongs to no session.")
    if letter.sent_on is None:
        return _("nobody entered the day on which it was sent, from which its session follows.")
    if LetterState.PUBLISHED not in LetterState(letter.state).successors:
        return _("a letter that is “%(state)s” is not published.") % {"state": letter.get_state_display()}
    if row and row.state == PublicationState.HELD:
        return _("it is held back: “%(reason)s” Take it up again on its page first.") % {"reason": row.held_reason}
    if session is not None and session < report_session(letter.sent_on):
        return _("session %(number)d is before the one it belongs to.") % {"number": session}
    if row and session in (None, row.session):
        return _("it is proposed for session %(number)d already.") % {"number": row.session}
    return ""


def judged(letters: Iterable[Letter], *, session: int | None = None) -> tuple[list[Place], LeftOut]:
    """Which of them can be proposed, and why the others cannot; nothing is written."""
    letters = list(letters)
    rows = {row.letter_id: row for row in Publication.objects.filter(letter__in=[each.pk for each in letters])}
    places, left_out = [], []
    for letter in letters:
        row = rows.get(letter.pk)
        if said := why_not(letter, row, session=session):
            left_out.append((letter, said))
        else:
            places.append(_place(letter, row, session))
    return places, left_out


def _place(letter, row, session):
    own = report_session(letter.sent_on)
    needs = []
    if not (row and row.text):
        needs.append(_("its redacted version"))
    if not letter.number:
        needs.append(_("its reference number"))
    return Place(Publication(letter=letter, session=session or own), own, needs)


@transaction.atomic
def put_in(letter: Letter, *, by, session: int | None = None) -> Publication:
    """Propose one of many, judged anew under its lock; of fifty who do it at once one does."""
    if not (decision := may_take_steps(by, letter)):
        raise StepRefused(decision.reason)
    # In the order in which confirming takes them, so that the two never wait for each other.
    Publication.objects.select_for_update().filter(letter=letter).first()
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if said := why_not(letter, Publication.objects.filter(letter=letter).first(), session=session):
        raise StepRefused(said)
    return services.propose(letter, by=by, session=session)


def put_all_in(letters: Iterable[Letter], *, by, session: int | None = None) -> tuple[list[Publication], LeftOut]:
    """Each in a transaction and with an audit entry of its own, as if it had been proposed on its page."""
    done, left_out = [], []
    for letter in letters:
        try:
            done.append(put_in(letter, by=by, session=session))
        except StepRefused as refusal:
            left_out.append((letter, str(refusal)))
    return done, left_out


@admin.action(description=gettext_lazy("Put in a publication window"), permissions=["change"])
def put_in_window(modeladmin, request, queryset):
    letters = bulk.chosen(modeladmin, request, queryset)
    if letters is None:
        return None
    form = WindowForm(request.POST if "session" in request.POST else None)
    session = form.cleaned_data["session"] if form.is_bound and form.is_valid() else None
    if bulk.DO in request.POST and form.is_bound and form.is_valid():
        done, left_out = put_all_in(letters, by=request.user, session=session)
        bulk.tell(modeladmin, request, _said(done), left_out)
        return None
    places, left_out = judged(letters, session=session)
    return bulk.page(
        request,
        "communications/publication/put_in_window.html",
        title=_("Put in a publication window"),
        action="put_in_window",
        letters=letters,
        form=form,
        places=[(place, short(place.publication.opens_on)) for place in places],
        left_out=left_out,
    )


def _said(done):
    if not done:
        return ""
    words = ngettext(
        "%(count)d letter is proposed: %(letters)s. Somebody else confirms it.",
        "%(count)d letters are proposed: %(letters)s. Somebody else confirms them.",
        len(done),
    )
    names = ", ".join(f"{row.letter} ({row.session})" for row in done)
    return words % {"count": len(done), "letters": names}
