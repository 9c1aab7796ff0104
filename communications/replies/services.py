"""Steps of a reply. It is recorded once, for all letters that it answers; then it waits to be read and classified."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from communications import services as letters_services
from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.letters.persons import two_persons
from communications.models import Letter
from communications.renditions import services as renditions
from communications.replies import showing
from communications.replies.enums import FULLEST_FIRST, ReplyClass, Translation
from communications.replies.models import Reply
from iesogi.audit import services as audit
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.days import today

KIND = "reply-class"
WHY = gettext_noop("A reply is read within so many days of its recording.")


def audit_label(reply: Reply) -> str:
    return f"reply {reply.pk}"


@transaction.atomic
def record(
    letters: Iterable[Letter],
    *,
    received_on: date,
    channel: str,
    language: str,
    by,
    translation: str = Translation.NOT_NEEDED,
) -> Reply:
    """Record that a reply came. Its letters move on; their clocks stop once it is read as more than a receipt."""
    answered = _locked(letters)
    _judge(answered, received_on)
    reply = Reply(received_on=received_on, channel=channel, language=language, translation=translation, recorded_by=by)
    reply.full_clean()
    reply.save(force_insert=True)
    reply.letters.add(*answered)
    for letter in answered:
        _answer(letter, by=by, on=received_on)
    _ask_to_read(reply, by=by)
    audit.record(by=by, verb="reply.recorded", target=reply, label=audit_label(reply), letters=len(answered))
    return reply


@transaction.atomic
def attach(reply: Reply, letter: Letter, *, by) -> Reply:
    """It answers another letter too; the same rules as when it was recorded."""
    reply = _locked_reply(reply)
    (letter,) = _locked([letter])
    if reply.letters.filter(pk=letter.pk).exists():
        raise StepRefused(_("This reply is attached to that letter already."))
    _judge([*reply.letters.all(), letter], reply.received_on)
    reply.letters.add(letter)
    _answer(letter, by=by, on=reply.received_on)
    summarize(letter)
    _set_clock(letter, by=by)
    audit.record(by=by, verb="reply.attached", target=reply, label=audit_label(reply), letter=letter.pk)
    return reply


@transaction.atomic
def classify(reply: Reply, *, reply_class: str, by, quality: str = "", publishable: bool = False) -> Reply:
    """Say what the reply is. Nobody is reminded of it any more; a later reading may say otherwise.

    Whoever classifies has seen what it was called before: of two at once, one is told what the other said.
    """
    seen, reply = reply.reply_class, _locked_reply(reply)
    if reply.reply_class != seen:
        raise StepRefused(
            _("Somebody else classified this reply meanwhile: “%(said)s”. Look at it again before you change it.")
            % {"said": reply.get_reply_class_display()}
        )
    if reply.public_since and not publishable:
        raise StepRefused(_("This reply is public already, so it stays cleared for publication."))
    was = reply.reply_class
    reply.reply_class, reply.quality, reply.publishable = ReplyClass(reply_class), quality.strip(), publishable
    reply.classified_by, reply.classified_on = by, today()
    reply.full_clean()
    reply.save(update_fields=["reply_class", "quality", "publishable", "classified_by", "classified_on"])
    if reply.deadline and reply.deadline.is_open:
        deadlines.complete(reply.deadline, by=by, at_subject=True)
    for letter in _locked(reply.letters.all()):
        summarize(letter)
        _set_clock(letter, by=by)
    audit.record(by=by, verb="reply.classified", target=reply, label=audit_label(reply), was=was, to=reply_class)
    return reply


@transaction.atomic
def translated(reply: Reply, *, by) -> Reply:
    """The translation is there."""
    reply = _locked_reply(reply)
    if reply.translation != Translation.PENDING:
        raise StepRefused(_("No translation of this reply is awaited."))
    reply.translation = Translation.DONE
    reply.save(update_fields=["translation"])
    audit.record(by=by, verb="reply.translated", target=reply, label=audit_label(reply))
    return reply


@transaction.atomic
def publish(reply: Reply, *, by, on: date | None = None, shown: str | None = None) -> Reply:
    """A late reply to a letter that is public already, confirmed by a second person (R11, R12).

    `shown` is the fingerprint of what that person read; None where no page was read.
    """
    reply = _locked_reply(reply)
    if shown is not None and shown != showing.fingerprint(reply):
        raise StepRefused(
            _("What becomes public has changed since you were shown it. Read it again below, and confirm it then.")
        )
    if reply.public_since:
        raise StepRefused(_("This reply is public already."))
    if not reply.publishable:
        raise StepRefused(_("This reply is not cleared for publication. Read and classify it first."))
    if not reply.letters.filter(public=True).exists():
        raise StepRefused(_("The letter is not public yet; its reply is published together with it."))
    if not _reported(reply):
        raise StepRefused(
            _("The letter was published early; its reply stays confidential until the report. Publish it then.")
        )
    two_persons(reply.classified_by, by)
    reply.public_since = on or today()
    reply.save(update_fields=["public_since"])
    renditions.publish([renditions.of(reply)], by=by)
    audit.record(by=by, verb="reply.published", target=reply, label=audit_label(reply))
    return reply


def _reported(reply: Reply) -> bool:
    """Of one public letter at least the report is open; one that the mandate printed itself has none to wait for."""
    public = reply.letters.filter(public=True).select_related("publication")
    rows = [getattr(letter, "publication", None) for letter in public]
    return any(row is None or not row.is_before_its_report for row in rows)


def summarize(letter: Letter) -> None:
    """The letter's own column: of its replies the fullest class, for lists and figures."""
    found = set(letter.replies.exclude(reply_class="").values_list("reply_class", flat=True))
    letter.reply_class = next((each for each in FULLEST_FIRST if each in found), "")
    letter.save(update_fields=["reply_class"])


def _locked(letters: Iterable[Letter]) -> list[Letter]:
    """In the order of their keys, so that two replies to the same letters never wait for each other."""
    keys = {letter.pk for letter in letters}
    return list(Letter.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _locked_reply(reply: Reply) -> Reply:
    return Reply.objects.select_for_update(of=("self",)).select_related("deadline", "classified_by").get(pk=reply.pk)


def _judge(letters: list[Letter], received_on: date) -> None:
    if not letters:
        raise StepRefused(_("A reply answers at least one letter. Name it by its reference."))
    if len({(letter.country_id, letter.other_addressee) for letter in letters}) > 1:
        raise StepRefused(_("These letters went to different addressees. Record the reply of each by itself."))
    if received_on > today():
        raise StepRefused(_("This day is still to come. Give the day on which the reply was received."))
    for letter in letters:
        if letter.sent_on is None or received_on < letter.sent_on:
            raise StepRefused(
                _("“%(letter)s” was not sent yet on that day, so this cannot be its reply. Check the day.")
                % {"letter": letter}
            )


def _answer(letter: Letter, *, by, on: date) -> None:
    """A second reply to a letter that has one changes nothing about where the letter stands."""
    if letter.state != LetterState.REPLIED:
        letters_services.move(letter, LetterState.REPLIED, by=by, on=on, unread=True)


def _set_clock(letter: Letter, *, by) -> None:
    """An acknowledgement is counted apart and stops no clock (domain.md 1.11); the first fuller reply does."""
    letter.refresh_from_db()
    fuller = letter.replies.in_substance().order_by("received_on").first()
    if fuller:
        letters_services.stop_asking(letter, by=by, on=fuller.received_on)
    elif letter.reply_class:
        letters_services.ask_again(letter, by=by)


def _ask_to_read(reply: Reply, *, by) -> None:
    reply.deadline = deadlines.open_on(
        KIND,
        title="",
        due_on=today() + timedelta(days=settings.REPLY_READ_DAYS),
        explanation=str(WHY),
        owner=by,
        subject_url=reverse("admin:communications_reply_change", args=[reply.pk]),
        closing_step=gettext_noop("It is done once the reply is classified on its page."),
        by=by,
    )
    reply.save(update_fields=["deadline"])
