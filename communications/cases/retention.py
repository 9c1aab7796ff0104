"""How long the content of a case is kept, and its end (sealed_cases.md 7.9, R26).

A nightly pass sets the last day from the week of the case and its outcome, and a deadline with warnings 30, 7 and 1
days before, in words that say nothing. News from the source keeps a case until staff have read it. Only rows from a
week that has ended are touched, and what a source caused is written on Mondays alone: else the rows of deadlines and
audit would say on which day somebody wrote.
"""

import logging
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from communications.cases.enums import CaseState, Retention
from communications.cases.exceptions import RetentionRefused
from communications.cases.models import Case, DisclosureRequest, Night
from iesogi.audit import services as audit
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.days import GENEVA, day_of
from iesogi.deadlines.models import Deadline
from iesogi.vault import erasing, members, records
from iesogi.vault.enums import Kind
from iesogi.vault.models import Compartment
from iesogi.vault.records import Part
from iesogi.vault.sessions import Unlocked

logger = logging.getLogger(__name__)

KIND = "case-retention"
NIGHT_HOUR = 3
# Nobody loses a case without the three warnings, whatever its week says.
AT_LEAST = timedelta(days=31)
LONGEST = timedelta(days=3660)
AT_WORK = {CaseState.UNDER_REVIEW, CaseState.MORE_INFO, CaseState.PROPOSED, CaseState.TAKEN_UP}
ANONYMOUS_OUTCOME = "anonymous_not_actionable"
WHY = gettext_noop("The retention period of this kind of record ends on this day.")
NOT_NEEDED = "Not needed at the moment."


# --- How long -------------------------------------------------------------------------------------


def retention_of(case: Case) -> Retention:
    """The outcome decides; a report without its sender is kept shortly, unless somebody works on it (R3, R26)."""
    if case.state in AT_WORK:
        return Retention.WORK
    if case.outcome == ANONYMOUS_OUTCOME or (case.state != CaseState.CLOSED and not case.meets_c3):
        return Retention.ANONYMOUS
    return {CaseState.DECLINED: Retention.DECLINED, CaseState.CLOSED: Retention.CLOSED}.get(
        CaseState(case.state), Retention.WORK
    )


def last_day(case: Case, *, on: date) -> date:
    counted = case.week + timedelta(days=settings.CASE_KEPT_DAYS[retention_of(case).value])
    return max(counted, on + AT_LEAST, case.postponed_to or date.min)


# --- The night ------------------------------------------------------------------------------------


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    """Once a night the dates; at every tick the end of what is due, which tells nothing about anybody's visit."""
    on = day_of(now)
    erased = sum(erase(pk, on=on) for pk in Case.objects.expired(on=on).values_list("pk", flat=True))
    return {"cases_erased": erased, "cases_dated": _night(on) if is_night_due(now) else 0}


def is_night_due(now: datetime) -> bool:
    return now.astimezone(GENEVA).hour >= NIGHT_HOUR and not Night.objects.filter(day=day_of(now)).exists()


def _night(on: date) -> int:
    """Each case in a transaction of its own; a night that is cut off goes on at the next tick."""
    changed = 0
    monday = on - timedelta(days=on.weekday())
    for pk in Case.objects.to_be_dated(before=monday).values_list("pk", flat=True):
        try:
            changed += keep_until(pk, on=on)
        except Exception:  # one broken row must not keep all others from their date
            logger.exception("The retention of case %s could not be set.", pk)
    try:
        with transaction.atomic():
            Night.objects.create(day=on)
    except IntegrityError:
        logger.info("Another process has done the same night.")
    return changed


@transaction.atomic
def keep_until(pk, *, on: date) -> bool:
    """Set or move the last day of one case, and its deadline. True when anything was changed."""
    case = Case.objects.select_for_update().get(pk=pk)
    if case.state == CaseState.ERASED:
        return False
    if case.has_news or case.merged_into_id:
        return _follow(case, on=on)
    until = case.expires_on
    if until is None or case.retention != retention_of(case) or case.paused:
        until = last_day(case, on=on)
    if not case.paused and until == case.expires_on and _has_owner(case):
        return False
    case.expires_on, case.retention, case.paused = until, retention_of(case), False
    _warn(case)
    case.save(update_fields=["expires_on", "retention", "paused", "expiry_deadline"])
    return True


def _follow(case: Case, *, on: date) -> bool:
    """News keeps it back; a merged case ends with the one it went into. No warnings meanwhile."""
    paused = case.has_news or case.paused
    target = case.merged_into
    until = target.expires_on if target and not paused else case.expires_on
    changed = (paused, until) != (case.paused, case.expires_on)
    if on.weekday() == 0 or not paused:
        changed |= _stop_warning(case)
    case.paused, case.expires_on = paused, until
    case.save(update_fields=["paused", "expires_on"])
    return changed


def _has_owner(case: Case) -> bool:
    deadline = case.expiry_deadline
    return bool(deadline and deadline.is_open and deadline.owner_id == case.assigned_to_id)


def _warn(case: Case) -> None:
    """A deadline for whoever the case is assigned to, or the desk; its words tell neither State nor reference."""
    deadline = case.expiry_deadline
    with translation.override(settings.LANGUAGE_CODE):
        if deadline is None:
            case.expiry_deadline = deadlines.open_on(
                KIND,
                title="",
                due_on=case.expires_on,
                explanation=_(WHY),
                owner=case.assigned_to,
                subject_label=_("A record with a retention period"),
                subject_url=address_of(case),
                closing_step=gettext_noop("It ends with the record, or moves when the end is put off on its page."),
            )
            return
        if not deadline.is_open:
            deadline = deadlines.reopen(deadline, reason=NOT_NEEDED, by=None)
        deadlines.move(deadline, to=case.expires_on, explanation=_(WHY), by=None)
    Deadline.objects.filter(pk=deadline.pk).update(owner=case.assigned_to)


def address_of(case: Case) -> str:
    """Of its page for staff; of the start page where this process serves none."""
    try:
        return reverse("admin:communications_case_change", args=[case.pk])
    except NoReverseMatch:
        return reverse("admin:index")


def _stop_warning(case: Case) -> bool:
    deadline = case.expiry_deadline
    if deadline is None or not deadline.is_open:
        return False
    deadlines.cancel(deadline, reason=NOT_NEEDED, by=None)
    return True


# --- Acts -----------------------------------------------------------------------------------------


def postpone(case: Case, *, to: date, reason: str, unlocked: Unlocked, at: datetime) -> Case:
    """Keep the content longer. The reason may say who it is about, so it is sealed into the case."""
    opened = members.open_compartment(unlocked, case.content_id)
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        _judge(case, to, reason, on=day_of(at))
        what = {"about": "retention", "text": reason.strip(), "by": unlocked.user.username, "until": to.isoformat()}
        records.write(opened.place, [Part(Kind.REASON, what)], mark_key=opened.mark_key, at=at)
        case.expires_on = case.postponed_to = to
        case.retention = retention_of(case)
        if not case.paused:
            _warn(case)
        case.save(update_fields=["expires_on", "postponed_to", "retention", "expiry_deadline"])
        audit.record(by=unlocked.user, verb="case.postponed", target=case, until=to)
    return case


def _judge(case: Case, to: date, reason: str, *, on: date) -> None:
    if case.state == CaseState.ERASED:
        raise RetentionRefused(_("The content of this case was erased; there is nothing left to keep."))
    if to <= max(on, case.expires_on or on):
        raise RetentionRefused(_("This is not later than the present last day. Choose a later one."))
    if to > on + LONGEST:
        raise RetentionRefused(_("This is more than ten years ahead. Choose an earlier day; it can be moved again."))
    if not reason.strip():
        raise RetentionRefused(_("Say why this case has to be kept longer. The reason is sealed with the case."))


@transaction.atomic
def erase(pk, *, on: date) -> bool:
    """Crypto-erase: without keys, records and files; what stays is that there was a case, for figures.

    Judged again under the lock: news that came a moment ago keeps it.
    """
    case = Case.objects.expired(on=on).select_for_update(of=("self",)).filter(pk=pk, has_news=False).first()
    if case is None:
        return False
    places = [place for place in (case.content_id, case.identity_id) if place] + _texts(case)
    outcome = case.outcome or case.state
    _forget(case)
    erasing.erase(places)
    _bury(case, outcome)
    Compartment.objects.filter(pk__in=places).delete()
    audit.record(by=None, verb="case.erased", target=case)
    return True


def _texts(case: Case) -> list:
    """Compartments of letters that speak of no other case which is still kept."""
    letters = case.letters.exclude(content=None)
    kept = letters.filter(cases__in=Case.objects.exclude(pk=case.pk).exclude(state=CaseState.ERASED))
    return list(letters.exclude(pk__in=kept.values("pk")).values_list("content_id", flat=True))


def _forget(case: Case) -> None:
    DisclosureRequest.objects.filter(case=case).delete()
    case.files.all().delete()
    case.duplicates.clear()
    case.merged.update(merged_into=None, state=CaseState.CLOSED)
    _stop_warning(case)


MARKS = ("may_be_contacted", "consent_withdrawn", "consent_narrowed", "has_news", "reprisal_reported")
AGREED = ("agrees_to_letter", "may_be_named_to_state", "may_be_named_publicly", "may_be_named_in_press")


def _bury(case: Case, outcome: str) -> None:
    """Reference, week, State, matter and outcome stay, with what the coach counted."""
    gone = dict.fromkeys(["content", "identity", "assigned_to", "merged_into", "postponed_to"])
    off = dict.fromkeys([*AGREED, *MARKS], False)
    for name, value in (gone | off | {"state": CaseState.ERASED, "outcome": outcome}).items():
        setattr(case, name, value)
    case.save(update_fields=[*gone, *off, "state", "outcome"])
