"""How the size of the table weighs on the tick: 100 deadlines due among 1,000 and among 100,000 that are open."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from bench.measures import Measure, median_ratio
from iesogi.deadlines import reminders, services
from iesogi.deadlines.days import morning_of
from iesogi.deadlines.models import Deadline, DeadlineKind, Reminder

DUE = 100
SMALL, LARGE = 1_000, 100_000
SCANS = 100


@contextmanager
def database(path: Path) -> Iterator[None]:
    """The same connection on another file; two sizes of one table need two databases."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def fill(size: int) -> None:
    """Open deadlines on days to come, each with its usual reminders; of these reminders, 100 are due now."""
    kind = DeadlineKind.objects.create(code="bench", label="Bench")
    today = timezone.localdate()
    rows = [
        Deadline(
            kind=kind,
            title=f"Deadline {number}",
            due_on=(day := today + timedelta(days=1 if number < DUE else 30 + number % 700)),
            original_due_on=day,
        )
        for number in range(size)
    ]
    Deadline.objects.bulk_create(rows, batch_size=2_000)
    Reminder.objects.bulk_create(
        (
            Reminder(deadline=row, rung=rung, due_on=row.due_on, due_at=morning_of(row.due_on + timedelta(days=rung)))
            for row in rows
            for rung in kind.reminder_offsets
            if row.due_on + timedelta(days=rung) > today or rung == -1
        ),
        batch_size=2_000,
    )


def prepared(size: int, *, folder: Path) -> Path:
    path = folder / f"tick-{size}.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(settings.DATABASES["default"]["NAME"], path)
    with database(path), transaction.atomic():
        Deadline.objects.open().update(state="cancelled")
        Reminder.objects.all().delete()
        fill(size)
    with database(path), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return path


def scan(path: Path, *, now) -> None:
    with database(path):
        for _each in range(SCANS):  # or opening the file would be most of what is measured
            found = reminders.due_deadlines(now=now)
    if len(found) != DUE:
        raise AssertionError(f"{len(found)} deadlines are due, not {DUE}")


def whole_pass(path: Path, *, now) -> None:
    """Scan, judge and write 100 mails; taken back, so that the next round finds the same."""
    with database(path), transaction.atomic():
        found = services.tick(now=now)
        transaction.set_rollback(True)
    if found["reminders_sent"] != DUE:
        raise AssertionError(f"{found} instead of {DUE} reminders")


def measures() -> Iterator[Measure]:
    now = morning_of(timezone.localdate()) + timedelta(hours=1)
    small, large = (prepared(size, folder=settings.VAR_DIR) for size in (SMALL, LARGE))
    for name, work in {"scan for what is due": scan, "whole pass with 100 reminders": whole_pass}.items():
        ours, theirs = partial(work, large, now=now), partial(work, small, now=now)
        yield Measure(f"tick: {name}, 100,000 open against 1,000", median_ratio(ours, theirs), 3)
