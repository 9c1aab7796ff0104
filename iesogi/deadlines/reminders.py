"""Reminders: armed when a date is set, judged again when due, and written as mails that give nothing away."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from iesogi.deadlines.clock import in_words
from iesogi.deadlines.days import day_of, lateness, morning_of
from iesogi.deadlines.enums import ReminderState
from iesogi.deadlines.models import Deadline, Reminder
from iesogi.outbox import services as outbox
from iesogi.outbox.models import Mail

DATE_CHANGED = gettext_noop("The due date was changed.")
SNOOZED = gettext_noop("The deadline was snoozed.")
NOT_OPEN = gettext_noop("The deadline was no longer open.")
OVERTAKEN = gettext_noop("A later reminder of the same date was due as well.")


def arm(deadline: Deadline, *, today: date, extra: Iterable[int] = ()) -> None:
    """One waiting reminder for each rung from today on (or from the end of a snooze on); `extra` adds rungs.

    Rungs of the past are left out: who opens a deadline three days ahead is not told that it is due in two weeks.
    """
    first_day = max(today, deadline.snoozed_until or today)
    known = {reminder.rung: reminder for reminder in deadline.reminders.filter(due_on=deadline.due_on)}
    rungs = {*deadline.kind.reminder_offsets, *extra}
    earliest, latest = (first_day - deadline.due_on).days, (date.max - deadline.due_on).days
    wanted = sorted(rung for rung in rungs if earliest <= rung < latest)
    again = [known[rung].pk for rung in wanted if rung in known and known[rung].state == ReminderState.SKIPPED]
    deadline.reminders.filter(pk__in=again).update(state=ReminderState.WAITING, done_at=None, note="")
    Reminder.objects.bulk_create(
        Reminder(
            deadline=deadline,
            rung=rung,
            due_on=deadline.due_on,
            due_at=morning_of(deadline.due_on + timedelta(days=rung)),
        )
        for rung in wanted
        if rung not in known
    )


def disarm(deadline: Deadline, *, because: str) -> None:
    """Skip what waits, and call back mails that were written but have not left yet."""
    deadline.reminders.waiting().update(state=ReminderState.SKIPPED, done_at=timezone.now(), note=because)
    outbox.withdraw(Mail.objects.filter(pk__in=deadline.reminders.exclude(mail=None).values("mail")))


def due_deadlines(*, now: datetime, limit: int = 5000) -> list[int]:
    """Keys of deadlines with a reminder due, the longest waiting first: one range of one partial index."""
    due = Reminder.objects.due(now=now).order_by("due_at").values_list("deadline_id", flat=True)[:limit]
    return list(dict.fromkeys(due))


@transaction.atomic
def remind(pk: int, *, now: datetime) -> tuple[int, int]:
    """Write at most one mail for this deadline: how many reminders were handed over, and how many were skipped.

    After an outage several rungs may be due together; the latest speaks for all of them.
    """
    deadline = Deadline.objects.select_for_update(of=("self",)).select_related("kind", "owner").get(pk=pk)
    due = list(deadline.reminders.due(now=now).order_by("due_on", "rung"))
    latest = next((reminder for reminder in reversed(due) if reminder.due_on == deadline.due_on), None)
    why_not = _why_not(deadline, latest, today=day_of(now))
    sent = 0
    if latest and not why_not:
        sent = _hand_over(deadline, latest, now=now)
        due.remove(latest)
    skipped = Reminder.objects.waiting().filter(pk__in=[reminder.pk for reminder in due])
    return sent, skipped.update(state=ReminderState.SKIPPED, done_at=now, note=why_not or OVERTAKEN)


def _why_not(deadline: Deadline, latest: Reminder | None, *, today: date) -> str:
    if not deadline.is_open:
        return NOT_OPEN
    if deadline.snoozed_until and deadline.snoozed_until > today:
        return SNOOZED
    return "" if latest else DATE_CHANGED


def _hand_over(deadline: Deadline, reminder: Reminder, *, now: datetime) -> int:
    mail = outbox.queue(
        dedupe_key=f"reminder:{deadline.pk}:{reminder.rung}:{reminder.due_on.isoformat()}",
        due_at=now,
        announce=False,  # the tick that asks for this wakes the workers for all mails at once
        **write(deadline, on=day_of(now)),
    )
    claimed = Reminder.objects.waiting().filter(pk=reminder.pk)
    return claimed.update(state=ReminderState.SENT, mail=mail, done_at=now)


def recipient(deadline: Deadline) -> str:
    """The owner, or the desk where there is none who could act on it."""
    owner = deadline.owner
    if owner is None or not owner.is_active or not owner.email:
        return settings.DESK_EMAIL
    if deadline.kind.confidential and not owner.is_paid_by_ohchr:
        return settings.DESK_EMAIL
    return owner.email


def write(deadline: Deadline, *, on: date) -> dict[str, str]:
    """The mail: that something waits, since or until when, and where to log in. Never what a letter is about."""
    path = reverse("admin:index")
    if not deadline.kind.confidential:
        path = reverse("admin:deadlines_deadline_change", args=[deadline.pk])
    with translation.override(settings.LANGUAGE_CODE):
        words = lateness(deadline.due_on, on=on)
        context = {
            "title": deadline.title,
            "due_on": in_words(deadline.due_on),
            "lateness": words,
            "is_late": deadline.due_on < on,
            "url": settings.PORTAL_URL.rstrip("/") + path,
        }
        return {
            "to": recipient(deadline),
            "subject": _("%(title)s: %(lateness)s") % {"title": deadline.title, "lateness": words},
            "text": render_to_string("emails/deadlines/reminder.txt", context),
            "html": render_to_string("emails/deadlines/reminder.html", context),
        }
