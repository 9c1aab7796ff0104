from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from iesogi.deadlines.enums import ReminderState, State
from iesogi.deadlines.models import Deadline, DeadlineKind, Extension, Holiday, Reminder
from iesogi.deadlines.reminders import due_deadlines

pytestmark = pytest.mark.django_db

DUE = date(2021, 5, 31)


def make(kind, **fields):
    return Deadline.objects.create(
        **{"kind": kind, "title": "Slot", "due_on": DUE, "original_due_on": DUE, "explanation": "Given."} | fields
    )


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("deadline_done_has_done_on", {"state": State.DONE}),
        ("deadline_done_has_done_on", {"state": State.OPEN, "done_on": DUE}),
        ("deadline_snooze_needs_open", {"state": State.CANCELLED, "snoozed_until": DUE}),
        ("deadline_due_not_before_start", {"start_on": DUE + timedelta(days=1)}),
        ("deadline_due_not_before_start", {"start_on": DUE, "original_due_on": DUE - timedelta(days=1)}),
    ],
)
def test_database_keeps_the_rules_of_a_deadline(kind, constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        make(kind, **fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("extension_goes_later", {"to_date": DUE}),
        ("extension_says_why", {"reason": ""}),
    ],
)
def test_database_keeps_the_rules_of_an_extension(kind, constraint, fields):
    values = {"deadline": make(kind), "from_date": DUE, "to_date": DUE + timedelta(days=1), "reason": "Late."} | fields
    with pytest.raises(IntegrityError, match=constraint):
        Extension.objects.create(**values)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("reminder_once_per_rung_and_date|deadline_id, .*rung, .*due_on", {}),
        ("reminder_sent_has_its_mail", {"rung": 1, "state": ReminderState.SENT, "done_at": timezone.now()}),
        ("reminder_finished_has_its_time", {"rung": 1, "state": ReminderState.SKIPPED}),
        ("reminder_finished_has_its_time", {"rung": 1, "done_at": timezone.now()}),
    ],
)
def test_database_keeps_the_rules_of_a_reminder(kind, constraint, fields):
    values = {"deadline": make(kind), "rung": 0, "due_on": DUE, "due_at": timezone.now()}
    Reminder.objects.create(**values)
    with pytest.raises(IntegrityError, match=constraint):
        Reminder.objects.create(**values | fields)


def test_holiday_stands_once_a_day_and_station():
    Holiday.objects.create(on=DUE, name="Geneva Fast")
    Holiday.objects.create(on=DUE, name="Memorial Day", calendar="new_york")
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(on=DUE, name="Again")


@pytest.mark.parametrize("model", [Deadline, Extension, Holiday, Reminder])
def test_every_rule_has_its_sentence(model):
    assert model._meta.constraints
    assert all(str(constraint.violation_error_message).endswith(".") for constraint in model._meta.constraints)


@pytest.mark.parametrize("offsets", ["soon", [1.5], [True], [400], {"a": 1}])
def test_kind_refuses_offsets_that_are_no_days(offsets):
    with pytest.raises(ValidationError):
        DeadlineKind(code="x", label="X", reminder_offsets=offsets).full_clean()


def test_extensions_are_append_only(kind):
    for act in (lambda: Extension.objects.all().delete(), lambda: Extension.objects.update(reason="Other.")):
        with pytest.raises(TypeError):
            act()


def test_questions_take_the_day(kind):
    days = {offset: make(kind, due_on=DUE + timedelta(days=offset)).pk for offset in (-1, 0, 7, 8)}
    make(kind, state=State.DONE, done_on=DUE, due_on=DUE - timedelta(days=9))

    def keys(rows):
        return list(rows.values_list("pk", flat=True))

    assert keys(Deadline.objects.overdue(on=DUE)) == [days[-1]]
    assert keys(Deadline.objects.due_within(7, on=DUE)) == [days[0], days[7]]
    assert Deadline.objects.open().count() == 4


def test_confidential_dates_are_seen_by_people_paid_by_ohchr_only(kind, secret, django_user_model):
    open_to_all, hidden = make(kind), make(secret)
    inside = django_user_model.objects.create(username="a", email="a@example.org", paid_by="ohchr")
    outside = django_user_model.objects.create(username="b", email="b@example.org", is_superuser=True)
    gone = django_user_model.objects.create(username="c", email="c@example.org", paid_by="ohchr", is_active=False)
    assert set(Deadline.objects.visible_to(inside)) == {open_to_all, hidden}
    assert set(Deadline.objects.visible_to(outside)) == {open_to_all}
    assert set(Deadline.objects.visible_to(gone)) == set()


def test_due_reminders_are_found_through_the_partial_index(kind, django_assert_num_queries):
    now = timezone.now()
    Deadline.objects.bulk_create(
        Deadline(kind=kind, title="Slot", due_on=DUE, original_due_on=DUE) for _each in range(2000)
    )
    Reminder.objects.bulk_create(
        Reminder(deadline=deadline, rung=0, due_on=DUE, due_at=now + timedelta(days=position - 4))
        for position, deadline in enumerate(Deadline.objects.order_by("pk"))
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = Reminder.objects.due(now=now).order_by("due_at").values_list("deadline_id", flat=True)[:100].explain()
    assert "reminders_waiting_by_due_at" in plan
    with django_assert_num_queries(1):
        assert len(due_deadlines(now=now)) == 5
