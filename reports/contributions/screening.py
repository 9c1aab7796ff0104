"""Judging contributions: accept, ask more, not relevant with a reason, publish. One step, one row, one trace."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.vault.enums import Kind
from iesogi.vault.members import open_compartment
from iesogi.vault.records import Part, write
from iesogi.vault.sessions import Unlocked
from reports.contributions import mails, publishing
from reports.contributions.enums import Publication, State, WhyNotRelevant
from reports.contributions.exceptions import ContributionRefused
from reports.contributions.models import Contribution


def locked(contribution: Contribution) -> Contribution:
    return Contribution.objects.select_for_update(of=("self",)).select_related("call").get(pk=contribution.pk)


def _step(row: Contribution, to: State, *, by, reason: str = "") -> Contribution:
    was = State(row.state)
    if to not in was.successors:
        raise ContributionRefused(
            _("A contribution that is “%(was)s” cannot become “%(to)s”. Reload the page to see how it stands.")
            % {"was": was.label, "to": to.label}
        )
    row.state, row.reason, row.has_news = to, reason, False
    if to != State.ACCEPTED:
        publishing.take_down(row)
    row.save(update_fields=["state", "reason", "has_news", "published_at"])
    audit.record(by=by, verb="contribution.judged", target=row, was=was, to=to, reason=reason)
    return row


@transaction.atomic
def accept(contribution: Contribution, *, by) -> Contribution:
    return _step(locked(contribution), State.ACCEPTED, by=by)


@transaction.atomic
def assign(contribution: Contribution, *, owner, by) -> Contribution:
    """Who of the team judges it; nobody, where it is given back."""
    row = locked(contribution)
    if owner == row.owner:
        return row
    was, row.owner = row.owner, owner
    row.save(update_fields=["owner"])
    audit.record(by=by, verb="contribution.assigned", target=row, was=str(was or ""), to=str(owner or ""))
    return row


@transaction.atomic
def set_aside(contribution: Contribution, *, reason: str, by) -> Contribution:
    """Not relevant, with a reason from the list: words of staff could say in clear what is sealed."""
    return _step(locked(contribution), State.NOT_RELEVANT, by=by, reason=WhyNotRelevant(reason).value)


@transaction.atomic
def ask_more(contribution: Contribution, *, text: str, unlocked: Unlocked, at: datetime) -> Contribution:
    """The question stands sealed on the sender's page; where there is an address, a mail about it waits as a draft."""
    row = locked(contribution)
    if not text.strip():
        raise ContributionRefused(_("There is nothing to ask yet. Write the question."))
    _tell(row, text.strip(), unlocked=unlocked, at=at)
    if row.state != State.MORE_INFO:
        row = _step(row, State.MORE_INFO, by=unlocked.user)
    mails.draft(
        row,
        subject=_("A question on your contribution"),
        text=_("The team has a question on your contribution. It stands on the page that your number opens."),
    )
    return row


@transaction.atomic
def answer(contribution: Contribution, *, text: str, unlocked: Unlocked, at: datetime) -> Contribution:
    """Words to the sender without a change of state."""
    row = locked(contribution)
    if not text.strip():
        raise ContributionRefused(_("There is nothing to send yet. Write a text first."))
    _tell(row, text.strip(), unlocked=unlocked, at=at)
    return row


@transaction.atomic
def decide(
    contribution: Contribution, *, decision: str, note: str = "", reason: str = "", unlocked: Unlocked, at: datetime
) -> Contribution:
    """A step with the words of whoever took it, for the team alone; without a `decision`, the note by itself.

    The note is sealed with the contribution, because it may say what is sealed; no sender reads it.
    """
    row, note = locked(contribution), note.strip()
    if not decision and not note:
        raise ContributionRefused(_("There is nothing to keep yet. Choose a decision, or write a note."))
    if note:
        _note(row, note, decision, unlocked=unlocked, at=at)
    if decision == State.ACCEPTED:
        return _step(row, State.ACCEPTED, by=unlocked.user)
    if decision == State.NOT_RELEVANT:
        if reason not in WhyNotRelevant.values:
            raise ContributionRefused(_("Say from the list why it is not relevant."))
        return _step(row, State.NOT_RELEVANT, by=unlocked.user, reason=reason)
    return row


def _note(row: Contribution, text: str, decision: str, *, unlocked: Unlocked, at: datetime) -> None:
    if row.content_id is None:
        raise ContributionRefused(_("The content of this contribution was erased, so no note is kept with it."))
    opened = open_compartment(unlocked, row.content_id)
    part = Part(Kind.NOTE, {"text": text, "by": unlocked.user.username, "decision": decision})
    write(opened.place, [part], mark_key=opened.mark_key, at=at)
    audit.record(by=unlocked.user, verb="contribution.noted", target=row)


def _tell(row: Contribution, text: str, *, unlocked: Unlocked, at: datetime) -> None:
    if row.content_id is None or row.state == State.WITHDRAWN:
        raise ContributionRefused(_("This contribution was withdrawn, so nothing is written to its sender."))
    opened = open_compartment(unlocked, row.content_id)
    part = Part(Kind.MESSAGE_OUT, {"text": text, "by": unlocked.user.username})
    write(opened.place, [part], mark_key=opened.mark_key, thread=opened.thread, at=at)
    audit.record(by=unlocked.user, verb="contribution.answered", target=row)


@transaction.atomic
def publish(contribution: Contribution, *, by) -> Contribution:
    """Its words; files are released one by one by somebody who has opened them."""
    row = locked(contribution)
    if row.publication == Publication.CONFIDENTIAL:
        raise ContributionRefused(_("Its sender asked for confidence, so it is not published."))
    if row.state != State.ACCEPTED:
        raise ContributionRefused(_("Accept the contribution first; only what is accepted is published."))
    publishing.show(row, at=timezone.now())
    row.save(update_fields=["published_at"])
    audit.record(by=by, verb="contribution.published", target=row, publication=row.publication)
    return row


@transaction.atomic
def take_down(contribution: Contribution, *, by) -> Contribution:
    row = locked(contribution)
    publishing.take_down(row)
    row.save(update_fields=["published_at"])
    audit.record(by=by, verb="contribution.taken_down", target=row)
    return row


@transaction.atomic
def draft_mail(contribution: Contribution, *, subject: str, text: str, by) -> Contribution:
    """Waits in the outbox until somebody lets it go."""
    row = locked(contribution)
    if mails.draft(row, subject=subject, text=text) is None:
        raise ContributionRefused(_("There is no address for mails. Its sender reads what you write by their number."))
    audit.record(by=by, verb="contribution.mail_drafted", target=row)
    return row
