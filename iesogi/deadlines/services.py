"""Steps of a deadline: each locks the row, judges, writes, leaves an audit entry and arms the reminders anew."""

from datetime import date, datetime

from iesogi.deadlines.clock import Rule
from iesogi.deadlines.models import Deadline, DeadlineKind


def open_deadline(
    kind: DeadlineKind | str,
    *,
    title: str,
    rule: Rule,
    start_on: date,
    owner=None,
    subject_label: str = "",
    subject_url: str = "",
    by=None,
) -> Deadline:
    raise NotImplementedError


def open_on(
    kind: DeadlineKind | str,
    *,
    title: str,
    due_on: date,
    explanation: str,
    owner=None,
    subject_label: str = "",
    subject_url: str = "",
    by=None,
) -> Deadline:
    raise NotImplementedError


def extend(deadline: Deadline, *, to: date, reason: str, by) -> Deadline:
    raise NotImplementedError


def snooze(deadline: Deadline, *, until: date, reason: str, by) -> Deadline:
    raise NotImplementedError


def complete(deadline: Deadline, *, by, on: date | None = None) -> Deadline:
    raise NotImplementedError


def cancel(deadline: Deadline, *, reason: str, by) -> Deadline:
    raise NotImplementedError


def move(deadline: Deadline, *, to: date, explanation: str, by) -> Deadline:
    raise NotImplementedError


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    raise NotImplementedError
