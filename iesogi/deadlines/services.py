"""Steps of a deadline: each locks the row, judges, writes, leaves an audit entry and arms the reminders anew."""

import logging
from collections import Counter
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines import clock, reminders
from iesogi.deadlines.clock import Rule, in_words
from iesogi.deadlines.days import today
from iesogi.deadlines.enums import State
from iesogi.deadlines.exceptions import ClockRefused, DeadlineRefused
from iesogi.deadlines.loading import kinds_on_file, put_kind
from iesogi.deadlines.models import Deadline, DeadlineKind, Extension, Holiday
from iesogi.reference.loading import loading

logger = logging.getLogger(__name__)

LONGEST_SNOOZE = timedelta(days=366)


def holidays_of(calendar: str) -> dict[date, str]:
    """Official holidays of one duty station, as the clock wants them."""
    return dict(Holiday.objects.filter(calendar=calendar).values_list("on", "name"))


def kind_called(code: DeadlineKind | str) -> DeadlineKind:
    """The kind with this code; one that stands in the data file is created when it is first needed."""
    if isinstance(code, DeadlineKind):
        return code
    kind = DeadlineKind.objects.filter(code=code).first()
    if kind:
        return kind
    row = next((row for row in kinds_on_file() if row["code"] == code), None)
    if row is None:
        raise DeadlineRefused(
            _("There is no kind of deadline called “%(code)s”. Add it in the admin first.") % {"code": code}
        )
    with loading("holidays and kinds of deadline") as loader:
        return put_kind(loader, row)


@transaction.atomic
def open_deadline(
    kind: DeadlineKind | str,
    *,
    title: str,
    rule: Rule,
    start_on: date,
    owner=None,
    subject_label: str = "",
    subject_url: str = "",
    closing_step: str = "",
    by=None,
) -> Deadline:
    """Open the deadline that follows from a rule. A confidential kind puts its own label in place of the title.

    `closing_step` as for `open_on`.
    """
    with translation.override(settings.LANGUAGE_CODE):
        outcome = clock.due(rule, start_on, holidays_of(rule.calendar))
    return _open(
        kind,
        by=by,
        title=title,
        due_on=outcome.date,
        rule=rule.as_json(),
        start_on=start_on,
        explanation=outcome.explanation,
        owner=owner,
        subject_label=subject_label,
        subject_url=subject_url,
        closing_step=closing_step,
    )


@transaction.atomic
def open_on(
    kind: DeadlineKind | str,
    *,
    title: str,
    due_on: date,
    explanation: str,
    owner=None,
    subject_label: str = "",
    subject_url: str = "",
    not_after: date | None = None,
    closing_step: str = "",
    by=None,
) -> Deadline:
    """Open a deadline on a date that was given or planned elsewhere; `explanation` says where it comes from.

    `not_after` is the day it has to be ready for: no later date is accepted, not by an extension either.
    `closing_step` keeps it from being marked as done anywhere but at `subject_url`: a sentence, marked by
    `gettext_noop`, that tells whoever tries which step closes it there.
    """
    return _open(
        kind,
        by=by,
        title=title,
        due_on=due_on,
        rule=Rule("fixed", on=due_on).as_json(),
        not_after=not_after,
        closing_step=closing_step,
        explanation=explanation,
        owner=owner,
        subject_label=subject_label,
        subject_url=subject_url,
    )


def _open(kind: DeadlineKind | str, *, title: str, due_on: date, by, **fields) -> Deadline:
    kind = kind_called(kind)
    title = kind.label if kind.confidential else title
    deadline = Deadline(kind=kind, title=title, due_on=due_on, original_due_on=due_on, **fields)
    deadline.closed_at_subject = bool(deadline.closing_step)
    deadline.full_clean()
    deadline.save()
    audit.record(by=by, verb="deadline.opened", target=deadline, due_on=due_on, kind=kind.code)
    reminders.arm(deadline, today=today())
    return deadline


def _locked(deadline: Deadline) -> Deadline:
    return Deadline.objects.select_for_update(of=("self",)).select_related("kind").get(pk=deadline.pk)


def _require_open(deadline: Deadline) -> None:
    if not deadline.is_open:
        raise DeadlineRefused(
            _("This deadline is “%(state)s”, so its date cannot be changed. Reopen it first.")
            % {"state": State(deadline.state).label}
        )


def _require_in_time(to: date, not_after: date | None) -> None:
    if not_after and to > not_after:
        raise DeadlineRefused(
            _("%(to)s is after %(limit)s, the day that this has to be ready for. Choose a day until then.")
            % {"to": in_words(to), "limit": in_words(not_after)}
        )


def _require_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise DeadlineRefused(_("Say why, in a few words: the reason is kept with the deadline."))
    return reason


def _change(deadline: Deadline, *, by, verb: str, reason: str = "", said: dict, **fields) -> Deadline:
    """Write the changed fields, count the revision that calendars look at, and leave the audit entry."""
    fields["revision"] = deadline.revision + 1
    for name, value in fields.items():
        setattr(deadline, name, value)
    deadline.full_clean()
    deadline.save(update_fields=[*fields, "updated_at"])
    if reason and not deadline.kind.confidential:  # a reason may name whom a letter is about
        said = {**said, "reason": reason}
    audit.record(by=by, verb=verb, target=deadline, **said)
    return deadline


@transaction.atomic
def extend(deadline: Deadline, *, to: date, reason: str, by) -> Deadline:
    """Give more time; the first date, every date between and all reasons stay."""
    deadline, reason = _locked(deadline), _require_reason(reason)
    _require_open(deadline)
    was = deadline.due_on
    if to <= was:
        raise DeadlineRefused(
            _("%(to)s is not later than the present date, %(was)s. Choose a later day.")
            % {"to": in_words(to), "was": in_words(was)}
        )
    _require_in_time(to, deadline.not_after)
    extension = Extension(deadline=deadline, from_date=was, to_date=to, reason=reason, by=by)
    extension.save(force_insert=True)
    said = {"was": was, "to": to}
    deadline = _change(
        deadline, by=by, verb="deadline.extended", reason=reason, said=said, due_on=to, snoozed_until=None
    )
    _rearm(deadline)
    return deadline


@transaction.atomic
def move(deadline: Deadline, *, to: date, explanation: str, by, not_after: date | None = None) -> Deadline:
    """Re-plan: a new date, earlier or later, with the words that explain it. The first date stays."""
    deadline = _locked(deadline)
    _require_open(deadline)
    if (to, explanation, not_after) == (deadline.due_on, deadline.explanation, deadline.not_after):
        return deadline
    _require_in_time(to, not_after)
    if deadline.start_on and to < deadline.start_on:
        raise ClockRefused(
            _("%(to)s is before the day this deadline is counted from, %(start)s. Choose a later day.")
            % {"to": in_words(to), "start": in_words(deadline.start_on)}
        )
    said = {"was": deadline.due_on, "to": to}
    rule = Rule("fixed", on=to).as_json()
    moved = to != deadline.due_on
    deadline = _change(
        deadline,
        by=by,
        verb="deadline.moved",
        said=said,
        due_on=to,
        explanation=explanation,
        rule=rule,
        not_after=not_after,
        snoozed_until=None if moved else deadline.snoozed_until,
    )
    if moved:
        _rearm(deadline)
    return deadline


def _rearm(deadline: Deadline) -> None:
    reminders.disarm(deadline, because=reminders.DATE_CHANGED)
    reminders.arm(deadline, today=today())


@transaction.atomic
def snooze(deadline: Deadline, *, until: date, reason: str, by) -> Deadline:
    """Keep quiet until that day, and remind on it. The due date stays as it is."""
    deadline, reason, now = _locked(deadline), _require_reason(reason), today()
    _require_open(deadline)
    if not now < until <= now + LONGEST_SNOOZE:
        raise DeadlineRefused(
            _("A snooze ends on a later day than today and lasts a year at most; %(until)s does not fit.")
            % {"until": in_words(until)}
        )
    deadline = _change(
        deadline, by=by, verb="deadline.snoozed", reason=reason, said={"until": until}, snoozed_until=until
    )
    reminders.disarm(deadline, because=reminders.SNOOZED)
    reminders.arm(deadline, today=now, extra=[(until - deadline.due_on).days])
    return deadline


def _step(deadline: Deadline, to: State, *, by, verb: str, reason: str = "", **fields) -> Deadline:
    was = State(deadline.state)
    if to not in was.successors:
        raise DeadlineRefused(
            _("A deadline that is “%(was)s” cannot become “%(to)s”.") % {"was": was.label, "to": to.label}
        )
    fields |= {"state": to, "snoozed_until": None}
    return _change(deadline, by=by, verb=verb, reason=reason, said={"was": was, "to": to}, **fields)


@transaction.atomic
def complete(deadline: Deadline, *, by, on: date | None = None, at_subject: bool = False) -> Deadline:
    """Done. Where the subject has its own judgement, it alone says so, with `at_subject` (WP 2021-2023 para 19a)."""
    on = on or today()
    if deadline.closed_at_subject and not at_subject:
        raise DeadlineRefused(
            _("This deadline is not closed by hand, because a step of its own closes it. %(step)s Go to %(url)s.")
            % {"step": deadline.closed_by, "url": deadline.subject_url}
        )
    if on > today():
        raise DeadlineRefused(_("A deadline cannot be done on a day to come. Choose today or an earlier day."))
    deadline = _step(_locked(deadline), State.DONE, by=by, verb="deadline.completed", done_on=on)
    reminders.disarm(deadline, because=reminders.NOT_OPEN)
    return deadline


@transaction.atomic
def cancel(deadline: Deadline, *, reason: str, by) -> Deadline:
    reason = _require_reason(reason)
    deadline = _step(_locked(deadline), State.CANCELLED, by=by, verb="deadline.cancelled", reason=reason)
    reminders.disarm(deadline, because=reminders.NOT_OPEN)
    return deadline


@transaction.atomic
def reopen(deadline: Deadline, *, reason: str, by) -> Deadline:
    """Done or cancelled by mistake: open again, with the reminders that are still to come."""
    reason = _require_reason(reason)
    deadline = _step(_locked(deadline), State.OPEN, by=by, verb="deadline.reopened", reason=reason, done_on=None)
    reminders.arm(deadline, today=today())
    return deadline


def why(deadline: Deadline) -> list[str]:
    """Why this date: the rule in the reader's language, then each extension with its reason."""
    extended = [
        _("Extended from %(was)s to %(to)s: %(reason)s")
        % {"was": in_words(extension.from_date), "to": in_words(extension.to_date), "reason": extension.reason}
        for extension in deadline.extensions.all()
    ]
    return [sentence for sentence in (_explained_anew(deadline) or deadline.explanation, *extended) if sentence]


def _explained_anew(deadline: Deadline) -> str:
    """The stored words are English. They are said again in the page's language unless holidays changed since."""
    if not deadline.start_on or not deadline.rule or deadline.rule.get("unit") == "fixed":
        return ""
    try:
        rule = Rule.from_json(deadline.rule)
        outcome = clock.due(rule, deadline.start_on, holidays_of(rule.calendar))
    except (ClockRefused, TypeError):
        return ""
    return outcome.explanation if outcome.date == deadline.original_due_on else ""


def tick(*, now: datetime, enqueue: bool = True) -> dict[str, int]:
    """Turn reminders that are due into mails, one transaction per deadline. The mails themselves are the outbox's.

    `enqueue` changes nothing here: writing rows needs no worker.
    """
    counts = Counter(reminders_sent=0, reminders_skipped=0)
    for pk in reminders.due_deadlines(now=now):
        try:
            sent, skipped = reminders.remind(pk, now=now)
        except Exception:  # one broken row must not keep all others from being reminded of
            logger.exception("Deadline %s could not be reminded of.", pk)
            continue
        counts.update(reminders_sent=sent, reminders_skipped=skipped)
    return dict(counts)
