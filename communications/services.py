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
from django.utils.translation import gettext_noop

from communications.clock import first_steps
from communications.enums import WITH_REASON, Clearance, LetterState
from communications.exceptions import StepRefused
from communications.letters import guards
from communications.models import Letter, Step
from communications.permissions import may_take
from iesogi.audit import services as audit
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.clock import Rule, short
from iesogi.deadlines.days import today
from iesogi.deadlines.enums import State
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
    awaits = _open_clock(letter) is not None
    _stop_clock(letter, by=by, reason="The day of sending was corrected.")
    _start_clock(letter, by=by, owner=owner, awaits=awaits)
    return letter


@transaction.atomic
def move(
    letter: Letter,
    to: LetterState | str,
    *,
    by,
    on: date,
    reason: str = "",
    names_judged: bool = False,
    unread: bool = False,
) -> Letter:
    """Take one step of the procedure. Callers go on with the row it returns; raises StepRefused with a sentence.

    `names_judged` is said by `letters.sending.send`, which has read whom the sealed text names (R4). `unread` is said
    of a reply that is not classified yet: its clock goes on, as it may acknowledge the letter and no more.
    """
    letter, to, reason = _locked(letter), LetterState(to), reason.strip()
    was = LetterState(letter.state)
    _judge(letter, was, to, on=on, reason=reason)
    if to == LetterState.SENT and not names_judged:
        raise StepRefused(_("Send it from the page of its text, where it is judged whom the text names."))
    _judge_person(letter, to, by=by, on=on)
    letter.state = to
    changed = ["state", *_marks_of_step(letter, to, on=on, by=by)]
    letter.full_clean()
    letter.save(update_fields=changed)
    Step.objects.create(letter=letter, was=was, to=to, on=on, reason=reason, by=by)
    audit.record(by=by, verb="letter.moved", target=letter, label=audit_label(letter), was=was, to=to, on=on)
    if to == LetterState.CLEARANCE:
        guards.cosigners(letter).filter(clearance=Clearance.NOT_ASKED).update(clearance=Clearance.ASKED, asked_on=on)
    if to == LetterState.SENT:
        _start_clock(letter, by=by, owner=letter.owner or by)
    if to == LetterState.REPLIED and not unread:
        stop_asking(letter, by=by, on=on)
    if to == LetterState.CLOSED:
        _stop_clock(letter, by=by, reason="The matter was closed.")
    return letter


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
    if needs_reason(was, to) and not reason:
        raise StepRefused(_("Say why, in a few words that name no person: the reason is kept with the letter."))


def _judge_person(letter: Letter, to: LetterState, *, by, on: date) -> None:
    """The role, where a person takes the step; then what the step itself asks for. Nothing sends itself."""
    if by is not None and not (decision := may_take(by, to, letter)):
        raise StepRefused(decision.reason)
    if said := guards.blockers(letter, to, by=by, on=on):
        raise StepRefused(" ".join(said))


def needs_reason(was: LetterState, to: LetterState) -> bool:
    """Going back, giving up, closing and reopening are decisions; a reply or a publication explains itself."""
    return to in WITH_REASON or (was == LetterState.CLOSED and to != LetterState.REPLIED)


def _marks_of_step(letter: Letter, to: LetterState, *, on: date, by) -> list[str]:
    """The first reply and the first publication keep their days, whatever comes after them."""
    if to == LetterState.SENT:
        letter.sent_on, letter.sent_by = on, by
        return ["sent_on", "sent_by"]
    if to in {LetterState.DRAFT, LetterState.WITHDRAWN}:
        letter.approved_by = letter.approved_on = None
        return ["approved_by", "approved_on"]
    if to == LetterState.REPLIED and letter.replied_on is None:
        letter.replied_on = on
        return ["replied_on"]
    if to == LetterState.PUBLISHED and not letter.public:
        letter.public, letter.published_on = True, on
        return ["public", "published_on"]
    return []


def _start_clock(letter: Letter, *, by, owner, awaits: bool = False) -> None:
    """Only a letter that awaits a reply has a clock; its words tell neither State nor reference.

    `awaits` says so of a letter that is past the stage Sent, as its receipt was acknowledged.
    """
    if letter.state != LetterState.SENT and not awaits:
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
            closing_step=gettext_noop("It is done once a reply in substance is recorded for the letter."),
            by=by,
        )
    letter.save(update_fields=["reply_deadline"])
    first_steps.ask(letter, by=by, owner=owner)


def _open_clock(letter: Letter) -> Deadline | None:
    deadline = letter.reply_deadline
    return deadline if deadline and deadline.is_open else None


def stop_asking(letter: Letter, *, by, on: date) -> None:
    """The State replied in substance on that day: neither the reply nor first steps are asked for any more."""
    if deadline := _open_clock(letter):
        letter.reply_deadline = deadlines.complete(deadline, by=by, on=on, at_subject=True)
    first_steps.settle(letter, by=by)


def ask_again(letter: Letter, *, by) -> None:
    """A reply was read again and acknowledges the letter, no more: the clock goes on with the date it had."""
    deadline = letter.reply_deadline
    if deadline and deadline.state == State.DONE and letter.state != LetterState.CLOSED:
        letter.reply_deadline = deadlines.reopen(deadline, reason="The reply acknowledges, and says no more.", by=by)


def _stop_clock(letter: Letter, *, by, reason: str) -> None:
    if deadline := _open_clock(letter):
        letter.reply_deadline = deadlines.cancel(deadline, reason=reason, by=by)
