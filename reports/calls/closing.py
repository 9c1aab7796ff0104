"""Open or closed: the server's clock decides, and one rule for what was begun in time (domain.md R19).

What was begun before closing may be sent for `CALL_GRACE_MINUTES` more, and is marked. When it was begun is told by
the sealed token of the form, not by the browser. After that a late link lets somebody in, or nobody.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from reports.calls.codes import as_typed
from reports.calls.enums import CallState, Category, Standing
from reports.calls.exceptions import CallClosed
from reports.calls.models import Call, LateLink
from reports.calls.zones import in_words
from reports.contributions.enums import Timing


def grace() -> timedelta:
    return timedelta(minutes=settings.CALL_GRACE_MINUTES)


def closes_for(call: Call, category: str) -> datetime:
    """The closing time of this category, or of the call where it has none of its own."""
    own = {each.category: each.closes_at for each in call.deadlines.all()}
    return own.get(category, call.closes_at)


def last_closing(call: Call) -> datetime:
    """After this, nobody of any category is in time."""
    return max([call.closes_at, *(each.closes_at for each in call.deadlines.all())])


def standing(call: Call, *, now: datetime) -> Standing:
    if call.state == CallState.DRAFT:
        return Standing.DRAFT
    if call.state == CallState.CLOSED or call.closes_at is None or now > last_closing(call):
        return Standing.CLOSED
    return Standing.UPCOMING if call.opens_at and now < call.opens_at else Standing.OPEN


def late_link(call: Call, typed: str, *, now: datetime) -> LateLink | None:
    """The link that this code opens; None for no code. Raises CallClosed for a code that opens nothing (any more)."""
    code = as_typed(typed)
    if not code:
        return None
    found = LateLink.objects.usable(now=now).filter(call=call, code=code).first()
    if found is None:
        raise CallClosed(
            _(
                "This late code opens nothing: it is mistyped, used up or no longer good. "
                "Compare it with what the team wrote to you, or ask the team for another one."
            )
        )
    return found


def may_begin(call: Call, link: LateLink | None, *, now: datetime) -> bool:
    return call.state == CallState.PUBLISHED and (link is not None or standing(call, now=now) == Standing.OPEN)


def judge(call: Call, category: Category, *, begun: datetime, now: datetime, link: LateLink | None) -> Timing:
    """In time, within the grace, or by a late link; raises CallClosed."""
    if standing(call, now=now) in {Standing.DRAFT, Standing.UPCOMING}:
        raise CallClosed(_("This call does not take contributions yet. Nothing was sent; your text is kept here."))
    closes = closes_for(call, category) if call.closes_at else now - grace() * 2
    is_published = call.state == CallState.PUBLISHED
    if is_published and now <= closes:
        return Timing.IN_TIME
    if is_published and begun <= closes and now <= closes + grace():
        return Timing.GRACE
    if is_published and link is not None:
        return Timing.LATE
    raise CallClosed(_too_late(call, closes, begun=begun))


def on_return(call: Call, category: str, *, begun: datetime, now: datetime, link: LateLink | None) -> tuple[bool, str]:
    """For what somebody comes back to unfinished: whether they may go on, and what they are told (R19)."""
    if call.state == CallState.DRAFT:
        return False, _("This call was taken back, so nothing can be sent to it. What you typed is not lost.")
    try:
        timing = judge(call, category, begun=begun, now=now, link=link)
    except CallClosed as closed:
        if call.state == CallState.PUBLISHED and now <= last_closing(call):
            return True, str(closed)  # it opens later, or another category still has time
        return False, _not_sent_in_time(call, closes_for(call, category), begun=begun, now=now)
    return True, _while_the_grace_lasts(call, category) if timing == Timing.GRACE else ""


def _while_the_grace_lasts(call: Call, category: str) -> str:
    closes = closes_for(call, category)
    values = {"when": in_words(closes, call.zone), "until": in_words(closes + grace(), call.zone)}
    return _("The call closed on %(when)s. You began in time, so you can still send this until %(until)s.") % values


def _not_sent_in_time(call: Call, closes: datetime | None, *, begun: datetime, now: datetime) -> str:
    if closes is None or closes > now:
        return _("This call was closed before its time. You began in time, and nothing was sent.")
    when = {"when": in_words(closes, call.zone)}
    if begun <= closes:
        return _("The call closed on %(when)s. You began in time, and it was not sent.") % when
    return _("The call closed on %(when)s, and this was not sent.") % when


def _too_late(call: Call, closes: datetime, *, begun: datetime) -> str:
    values = {"when": in_words(closes, call.zone), "minutes": settings.CALL_GRACE_MINUTES}
    if begun <= closes:
        return (
            _(
                "The call closed on %(when)s. You began in time, but the %(minutes)s minutes left for sending "
                "are over, so nothing was sent. Copy your text from this page, and ask the team for a late code."
            )
            % values
        )
    return (
        _(
            "The call closed on %(when)s, so nothing was sent. Your text is kept on this page. "
            "If the team gave you a late code, type it below."
        )
        % values
    )


def times(call: Call) -> list[tuple[str, str]]:
    """(who, until when): the call, and categories with a time of their own. Needs deadlines prefetched."""
    if call.closes_at is None:
        return []
    own = sorted(call.deadlines.all(), key=lambda each: each.closes_at)
    rest = _("All others") if own else _("Everybody")
    return [(rest, in_words(call.closes_at, call.zone))] + [
        (each.get_category_display(), in_words(each.closes_at, call.zone)) for each in own
    ]
