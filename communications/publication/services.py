"""From a window that has closed to a letter that the public reads: proposed, redacted, held, confirmed (R10, R11)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communications import services as letters_services
from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.letters.persons import two_persons
from communications.models import Letter
from communications.publication import nagging, showing
from communications.publication.enums import Naming, PublicationState
from communications.publication.models import Publication
from communications.publication.windows import last_closed, report_session
from communications.register.addresses import keep
from communications.register.searching import index
from communications.renditions import services as renditions
from communications.replies.models import Reply
from iesogi.audit import services as audit
from iesogi.deadlines.clock import short
from iesogi.deadlines.days import day_of, today

AT_ONCE = 500
OUT = (LetterState.SENT, LetterState.REPLIED, LetterState.FOLLOW_UP)


def due(*, on: date):
    """Letters of windows that have closed, on which nobody has proposed anything yet."""
    sent = Letter.objects.filter(public=False, publication=None, state__in=OUT)
    return sent.filter(sent_on__lte=last_closed(on=on).sent_to)


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    """Proposes, and never more: a person confirms. Run twice, it does nothing twice."""
    on = day_of(now)
    rows = [
        Publication(letter=letter, session=report_session(letter.sent_on), proposed_on=on)
        for letter in due(on=on).order_by("sent_on", "pk").only("sent_on")[:AT_ONCE]
    ]
    if not rows:
        return {"publications_proposed": 0}
    with transaction.atomic():
        Publication.objects.bulk_create(rows, ignore_conflicts=True)
        for session in {row.session for row in rows}:
            nagging.ask(session, on=on)
    return {"publications_proposed": len(rows)}


@transaction.atomic
def propose(letter: Letter, *, by, session: int | None = None) -> Publication:
    """Put a letter into the report of its session, or of a later one."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.sent_on is None:
        raise StepRefused(_("Only a letter that was sent can be reported. Give the day of sending first."))
    own = report_session(letter.sent_on)
    if session is not None and session < own:
        raise StepRefused(_("Session %(number)d is before the one this letter belongs to.") % {"number": session})
    row, created = Publication.objects.get_or_create(
        letter=letter, defaults={"session": session or own, "proposed_on": today(), "proposed_by": by}
    )
    if not created:
        _require_unpublished(row)
        row.session = session or own
        row.save(update_fields=["session"])
    audit.record(by=by, verb="publication.proposed", target=row, label=audit_label(row), session=row.session)
    return row


def audit_label(publication: Publication) -> str:
    return f"publication of letter {publication.letter_id}"


@transaction.atomic
def redact(publication: Publication, *, title: str, text: str, naming: str, by, shows_outcome: bool = False):
    """Write the version that the public will read. Whoever writes it does not confirm it."""
    row = _locked(publication)
    _require_unpublished(row)
    row.title, row.text, row.naming = title.strip(), text.strip(), Naming(naming)
    row.shows_outcome, row.redacted_by, row.redacted_on = shows_outcome, by, today()
    if not row.title or not row.text:
        raise StepRefused(_("The public version needs a line on what it is about, and its text."))
    _require_agreement(row)
    row.full_clean()
    row.save(update_fields=["title", "text", "naming", "shows_outcome", "redacted_by", "redacted_on"])
    audit.record(by=by, verb="publication.redacted", target=row, label=audit_label(row), naming=row.naming)
    return row


@transaction.atomic
def hold(publication: Publication, *, reason: str, by) -> Publication:
    """Keep it back; the reason stays with the letter, where only the desk reads it."""
    return _step(publication, PublicationState.HELD, by=by, reason=reason.strip())


@transaction.atomic
def release(publication: Publication, *, by) -> Publication:
    return _step(publication, PublicationState.PROPOSED, by=by, reason="")


def _step(publication: Publication, to: PublicationState, *, by, reason: str) -> Publication:
    row = _locked(publication)
    _require_step(row, to)
    row.state, row.held_reason = to, reason
    row.full_clean()
    row.save(update_fields=["state", "held_reason"])
    if to == PublicationState.PROPOSED:
        nagging.ask(row.session, on=today())
    else:
        nagging.settle(row.session, by=by)
    audit.record(by=by, verb=f"publication.{to.value}", target=row, label=audit_label(row))
    return row


@transaction.atomic
def confirm(publication: Publication, *, by, shown: str | None = None) -> Publication:
    """Publish: a second person has read the redacted version. Letter and cleared replies become public together.

    `shown` is the fingerprint of what that person read; None where no page was read, as for the samples of a trial.
    """
    row = _locked(publication)
    _judge(row, by=by)
    if shown is not None:
        _require_same(row, shown)
    replies = list(showing.replies_of(row).select_related("rendition"))
    row.state, row.confirmed_by = PublicationState.PUBLISHED, by
    row.full_clean()
    row.save(update_fields=["state", "confirmed_by"])
    letter = letters_services.publish(row.letter, on=today(), by=by)
    keep(letter)
    index(letter)
    nagging.settle(row.session, by=by)
    Reply.objects.filter(pk__in=[reply.pk for reply in replies]).update(public_since=today())
    renditions.publish(map(renditions.of, [row, *replies]), by=by)
    audit.record(by=by, verb="publication.confirmed", target=row, label=audit_label(row), session=row.session)
    return row


def _judge(row: Publication, *, by) -> None:
    _require_step(row, PublicationState.PUBLISHED)
    _require_open(row)
    if not row.text or not row.naming:
        raise StepRefused(_("The redacted version is missing. Somebody has to write it before it can be confirmed."))
    if not row.letter.number:
        raise StepRefused(_("This letter has no reference number yet, so it would have no public address. Enter it."))
    _require_agreement(row)
    for first in {row.redacted_by, row.proposed_by} - {None}:
        two_persons(first, by)


def _require_open(row: Publication) -> None:
    if today() >= row.opens_on:
        return
    if row.opens_on < row.window.opens_on:
        raise StepRefused(
            _("A letter of this type may be published early, but not before %(first)s. Confirm it from that day on.")
            % {"first": short(row.opens_on)}
        )
    raise StepRefused(
        _("Replies to this window are taken in until %(last)s, so it can be published from %(first)s on.")
        % {"last": short(row.window.replies_to), "first": short(row.opens_on)}
    )


def _require_agreement(row: Publication) -> None:
    """Named only where every case of the letter agrees to that now; asked again at the last step (R4, R5)."""
    if row.naming != Naming.AGREED:
        return
    agrees = list(row.letter.cases.values_list("may_be_named_publicly", flat=True))
    if not agrees or not all(agrees):
        raise StepRefused(
            _("Not everybody whom this letter is about agrees to be named in a public report. Take the names out.")
        )


def _require_same(row: Publication, shown: str) -> None:
    if showing.fingerprint(showing.as_published(row)) != shown:
        raise StepRefused(
            _("What becomes public has changed since you were shown it. Read it again below, and confirm it then.")
        )


def _locked(publication: Publication) -> Publication:
    found = Publication.objects.select_for_update(of=("self",)).select_related("letter", "letter__country")
    return found.get(pk=publication.pk)


def _require_unpublished(row: Publication) -> None:
    if row.is_public:
        raise StepRefused(_("This letter is public already; what was published stays as it is."))


def _require_step(row: Publication, to: PublicationState) -> None:
    was = PublicationState(row.state)
    if to not in was.successors:
        raise StepRefused(
            _("A publication that is “%(was)s” cannot become “%(to)s”.") % {"was": was.label, "to": to.label}
        )
