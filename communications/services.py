"""Steps of a letter: each locks the row, judges, writes what changed and leaves a trace.

Audit entries and deadlines are read by people who may not read letters, so they carry the row's id and never its
reference, its State or a reason; those stand in the letter's own steps (R1).
"""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.models import Letter, Step
from iesogi.audit import services as audit
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.clock import Rule, short
from iesogi.deadlines.days import today
from iesogi.deadlines.models import Deadline

REPLY = "letter-reply"


def audit_label(letter: Letter) -> str:
    return f"letter {letter.pk}"


@transaction.atomic
def register(letter: Letter, *, sent_on: date, by, owner=None) -> Letter:
    """Enter a letter that went out and start the clock of its reply; by default whoever enters it is reminded."""
    _refuse_days_to_come(sent_on)
    letter.sent_on = sent_on
    letter.full_clean()
    letter.save(force_insert=True)
    audit.record(by=by, verb="letter.registered", target=letter, label=audit_label(letter), sent_on=sent_on)
    _start_clock(letter, by=by, owner=owner or by)
    return letter


@transaction.atomic
def record_sent(letter: Letter, *, sent_on: date, by) -> Letter:
    """Give or correct the day on which a letter of the register went out; the reply is counted anew from it."""
    _refuse_days_to_come(sent_on)
    letter = _locked(letter)
    was, letter.sent_on = letter.sent_on, sent_on
    letter.full_clean()
    letter.save(update_fields=["sent_on"])
    audit.record(by=by, verb="letter.sent_on", target=letter, label=audit_label(letter), was=was, to=sent_on)
    owner = letter.reply_deadline.owner if letter.reply_deadline else by
    _stop_clock(letter, by=by, reason="The day of sending was corrected.")
    _start_clock(letter, by=by, owner=owner)
    return letter


@transaction.atomic
def move(letter: Letter, to: LetterState | str, *, by, on: date, reason: str = "") -> Letter:
    """Take one step of the procedure. Callers go on with the row it returns; raises StepRefused with a sentence."""
    letter, to, reason = _locked(letter), LetterState(to), reason.strip()
    was = LetterState(letter.state)
    _judge(letter, was, to, on=on, reason=reason)
    letter.state = to
    changed = ["state", *_date_of_step(letter, to, on)]
    letter.full_clean()
    letter.save(update_fields=changed)
    Step.objects.create(letter=letter, was=was, to=to, on=on, reason=reason, by=by)
    audit.record(by=by, verb="letter.moved", target=letter, label=audit_label(letter), was=was, to=to, on=on)
    if to == LetterState.REPLIED:
        _answer_clock(letter, by=by, on=on)
    if to == LetterState.CLOSED:
        _stop_clock(letter, by=by, reason="The matter was closed.")
    return letter


def record_reply(letter: Letter, *, on: date, by) -> Letter:
    """A reply came; nobody is reminded of it any more. A second one keeps the day of the first."""
    return move(letter, LetterState.REPLIED, by=by, on=on)


def publish(letter: Letter, *, on: date, by) -> Letter:
    """The letter was reported to the Council. Never called on a date alone: a person confirms it (R11)."""
    return move(letter, LetterState.PUBLISHED, by=by, on=on)


def _locked(letter: Letter) -> Letter:
    return Letter.objects.select_for_update().get(pk=letter.pk)


def _refuse_days_to_come(on: date) -> None:
    if on > today():
        raise StepRefused(
            _("%(day)s is still to come. Give the day on which it happened, today at the latest.") % {"day": short(on)}
        )


def _judge(letter: Letter, was: LetterState, to: LetterState, *, on: date, reason: str) -> None:
    if to not in was.successors:
        raise StepRefused(_("A letter that is “%(was)s” cannot become “%(to)s”.") % {"was": was.label, "to": to.label})
    _refuse_days_to_come(on)
    if letter.sent_on and on < letter.sent_on:
        raise StepRefused(
            _("%(day)s is before the day on which the letter was sent, %(sent)s. Check both days.")
            % {"day": short(on), "sent": short(letter.sent_on)}
        )
    if _needs_reason(was, to) and not reason:
        raise StepRefused(_("Say why, in a few words that name no person: the reason is kept with the letter."))


def _needs_reason(was: LetterState, to: LetterState) -> bool:
    """Closing a letter and reopening one are decisions; a reply or a publication explains itself."""
    return to == LetterState.CLOSED or (was == LetterState.CLOSED and to != LetterState.REPLIED)


def _date_of_step(letter: Letter, to: LetterState, on: date) -> list[str]:
    """The first reply and the first publication keep their days, whatever comes after them."""
    if to == LetterState.REPLIED and letter.replied_on is None:
        letter.replied_on = on
        return ["replied_on"]
    if to == LetterState.PUBLISHED and not letter.public:
        letter.public, letter.published_on = True, on
        return ["public", "published_on"]
    return []


def _start_clock(letter: Letter, *, by, owner) -> None:
    """Only a letter that awaits its first reply has a clock; its words tell neither State nor reference."""
    if letter.state != LetterState.SENT:
        return
    with translation.override(settings.LANGUAGE_CODE):
        letter.reply_deadline = deadlines.open_deadline(
            REPLY,
            title=_("A reply is due"),
            rule=Rule(unit="days", number=settings.REPLY_DAYS[letter.kind]),
            start_on=letter.sent_on,
            owner=owner,
            subject_label=_("A letter of the register"),
            subject_url=reverse("admin:communications_letter_change", args=[letter.pk]),
            by=by,
        )
    letter.save(update_fields=["reply_deadline"])


def _open_clock(letter: Letter) -> Deadline | None:
    deadline = letter.reply_deadline
    return deadline if deadline and deadline.is_open else None


def _answer_clock(letter: Letter, *, by, on: date) -> None:
    if deadline := _open_clock(letter):
        letter.reply_deadline = deadlines.complete(deadline, by=by, on=on)


def _stop_clock(letter: Letter, *, by, reason: str) -> None:
    if deadline := _open_clock(letter):
        letter.reply_deadline = deadlines.cancel(deadline, reason=reason, by=by)
