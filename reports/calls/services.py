"""The life of a call: published, closed, opened again; and codes for who comes late."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from reports.calls.enums import CallState
from reports.calls.exceptions import CallRefused
from reports.calls.models import MOST_QUESTIONS, Call, LateLink


@transaction.atomic
def move(call: Call, to: CallState, *, by) -> Call:
    """Publish, close before its time, take back, open again. Questions are frozen once somebody has answered."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    was, to = CallState(call.state), CallState(to)
    if to not in was.successors:
        raise CallRefused(
            _("A call that is “%(was)s” cannot become “%(to)s”. Reload the page to see how it stands.")
            % {"was": was.label, "to": to.label}
        )
    if to == CallState.PUBLISHED:
        _judge_whole(call)
        call.published_at = call.published_at or timezone.now()
    if to == CallState.DRAFT and call.contributions.exists():
        raise CallRefused(_("Contributions have come in, so this call stays public. Close it instead."))
    call.state = to
    call.full_clean()
    call.save(update_fields=["state", "published_at"])
    audit.record(by=by, verb="call.moved", target=call, was=was, to=to)
    return call


def _judge_whole(call: Call) -> None:
    """What the public reads must be there: a title in English, a closing time, and something that is asked."""
    count = call.questions.count()
    if not call.texts.filter(language="en").exists():
        raise CallRefused(_("This call has no text in English. Add one: the other languages fall back to it."))
    if call.closes_at is None:
        raise CallRefused(_("This call does not say until when. Enter the closing time first."))
    if not count:
        raise CallRefused(_("This call asks nothing yet. Add one question or more."))
    if count > MOST_QUESTIONS:
        raise CallRefused(_("A call has at most %(most)s questions. Take some out.") % {"most": MOST_QUESTIONS})


@transaction.atomic
def set_closing(call: Call, *, closes_at: datetime, reason: str, by) -> Call:
    """A new closing time for a published call; the audit keeps the old one and why."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    was, call.closes_at = call.closes_at, closes_at
    call.full_clean()
    call.save(update_fields=["closes_at"])
    audit.record(by=by, verb="call.closing_moved", target=call, was=was, to=closes_at, reason=reason)
    return call


@transaction.atomic
def give_late_link(call: Call, *, expires_at: datetime, uses: int, note: str, by) -> LateLink:
    if call.state != CallState.PUBLISHED:
        raise CallRefused(_("A late code lets somebody into a published call. Publish the call first."))
    if expires_at <= timezone.now():
        raise CallRefused(_("This code would be over before anybody could use it. Choose a later time."))
    link = LateLink(call=call, expires_at=expires_at, uses=uses, note=note)
    link.full_clean()
    link.save()
    audit.record(by=by, verb="call.late_link_given", target=call, uses=uses, expires_at=expires_at)
    return link
