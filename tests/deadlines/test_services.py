from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from iesogi.audit.models import Entry
from iesogi.deadlines import services
from iesogi.deadlines.clock import Rule
from iesogi.deadlines.enums import NEXT, ReminderState, State
from iesogi.deadlines.exceptions import ClockRefused, DeadlineRefused
from iesogi.deadlines.models import Deadline, DeadlineKind, Extension, Holiday

pytestmark = pytest.mark.django_db

DUE = date(2021, 5, 31)
STEPS = {
    State.DONE: lambda deadline, by: services.complete(deadline, by=by),
    State.CANCELLED: lambda deadline, by: services.cancel(deadline, reason="Not needed.", by=by),
    State.OPEN: lambda deadline, by: services.reopen(deadline, reason="By mistake.", by=by),
}


def verbs():
    return list(Entry.objects.in_chain_order().values_list("verb", flat=True))


def rungs(deadline, state=ReminderState.WAITING):
    return [
        (reminder.rung, reminder.due_on)
        for reminder in deadline.reminders.filter(state=state).order_by("due_on", "rung")
    ]


def in_state(deadline, state):
    done_on = DUE if state == State.DONE else None
    Deadline.objects.filter(pk=deadline.pk).update(state=state, done_on=done_on)
    Entry.objects.all()._raw_delete(Entry.objects.db)
    deadline.refresh_from_db()
    return deadline


def test_open_deadline_follows_its_rule_and_says_so(now, kind, owner):
    Holiday.objects.create(on=date(2021, 5, 13), name="Ascension Day")
    opened = services.open_deadline(
        kind,
        title="Reply",
        rule=Rule("working_days", 9, roll="next"),
        start_on=date(2021, 5, 3),
        owner=owner,
        by=owner,
    )
    stored = Deadline.objects.get()
    assert (stored.due_on, stored.original_due_on, stored.state) == (date(2021, 5, 17), date(2021, 5, 17), State.OPEN)
    assert Rule.from_json(stored.rule) == Rule("working_days", 9, roll="next")
    assert stored.explanation == (
        "9 working days from 3 May 2021 is Monday 17 May 2021. Official holidays left out: Ascension Day, 13 May 2021."
    )
    assert (verbs(), opened.pk) == (["deadline.opened"], stored.pk)


def test_open_deadline_creates_a_kind_of_the_data_file_when_first_needed(now):
    services.open_on("report-slot", title="Slot", due_on=DUE, explanation="Given.")
    assert list(DeadlineKind.objects.values_list("code", flat=True)) == ["report-slot"]


def test_open_deadline_refuses_a_kind_nobody_knows(now):
    with pytest.raises(DeadlineRefused, match="There is no kind of deadline called “nonsense”"):
        services.open_on("nonsense", title="Slot", due_on=DUE, explanation="Given.")


def test_open_deadline_refuses_a_date_before_its_start(now, kind):
    with pytest.raises(ClockRefused, match="would be before the day it is counted from"):
        services.open_deadline(kind, title="Reply", rule=Rule("fixed", on=date(2021, 5, 2)), start_on=date(2021, 5, 3))
    assert not Deadline.objects.exists()


def test_open_deadline_refuses_an_empty_title(now, kind):
    with pytest.raises(ValidationError):
        services.open_on(kind, title="", due_on=DUE, explanation="Given.")


def test_confidential_kind_keeps_no_title_of_the_caller(now, secret):
    opened = services.open_on(secret, title="AL KAZ 2/2019", due_on=DUE, explanation="60 days.")
    assert opened.title == "A reply is due"
    assert "KAZ" not in str(list(Entry.objects.values()))


def test_opening_arms_the_rungs_to_come_only(now, kind):
    opened = services.open_on(kind, title="Slot", due_on=date(2021, 5, 10), explanation="Given.")
    assert [rung for rung, _due_on in rungs(opened)] == [-7, -1, 0, 7]


def test_extend_keeps_the_first_date_and_every_reason(deadline, owner):
    services.extend(deadline, to=date(2021, 6, 14), reason="Translation is late.", by=owner)
    services.extend(deadline, to=date(2021, 6, 21), reason="Late again.", by=owner)
    stored = Deadline.objects.get()
    assert (stored.due_on, stored.original_due_on, stored.revision) == (date(2021, 6, 21), DUE, 2)
    assert list(Extension.objects.values_list("from_date", "to_date", "reason", "by")) == [
        (DUE, date(2021, 6, 14), "Translation is late.", owner.pk),
        (date(2021, 6, 14), date(2021, 6, 21), "Late again.", owner.pk),
    ]
    assert verbs() == ["deadline.opened", "deadline.extended", "deadline.extended"]


def test_extend_to_the_last_day_of_the_calendar_arms_what_lies_before_it(deadline, owner):
    deadline = services.extend(deadline, to=date(9999, 12, 31), reason="No end in sight.", by=owner)
    assert all(reminder.due_at.year == 9999 for reminder in deadline.reminders.filter(due_on=deadline.due_on))


def test_extend_arms_the_reminders_anew(deadline, owner):
    services.extend(deadline, to=date(2021, 6, 14), reason="Translation is late.", by=owner)
    assert rungs(deadline) == [(rung, date(2021, 6, 14)) for rung in (-14, -7, -1, 0, 7)]
    assert rungs(deadline, ReminderState.SKIPPED) == [(rung, DUE) for rung in (-14, -7, -1, 0, 7)]


@pytest.mark.parametrize("to", [DUE, DUE - timedelta(days=1)])
def test_extend_refuses_a_date_that_is_not_later(deadline, owner, to):
    with pytest.raises(DeadlineRefused, match="is not later than the present date, Monday 31 May 2021"):
        services.extend(deadline, to=to, reason="Why not.", by=owner)


def test_reasons_cannot_be_blank(deadline, owner):
    later = date(2021, 6, 14)
    for step in (
        lambda: services.extend(deadline, to=later, reason="  ", by=owner),
        lambda: services.snooze(deadline, until=later, reason="", by=owner),
        lambda: services.cancel(deadline, reason="", by=owner),
    ):
        with pytest.raises(DeadlineRefused, match="Say why"):
            step()
    assert verbs() == ["deadline.opened"]


def test_reason_of_a_confidential_deadline_stays_out_of_the_audit(now, secret, owner):
    opened = services.open_on(secret, title="x", due_on=DUE, explanation="60 days.")
    services.extend(opened, to=date(2021, 6, 14), reason="Asked for by the State of K.", by=owner)
    assert "State of K" not in str(list(Entry.objects.values()))
    assert Extension.objects.get().reason == "Asked for by the State of K."


def test_move_replans_and_explains(deadline, owner):
    services.move(deadline, to=date(2021, 5, 24), explanation="A week earlier.", by=owner)
    stored = Deadline.objects.get()
    assert (stored.due_on, stored.original_due_on, stored.explanation) == (date(2021, 5, 24), DUE, "A week earlier.")
    assert rungs(stored) == [(rung, date(2021, 5, 24)) for rung in (-14, -7, -1, 0, 7)]
    assert verbs()[-1] == "deadline.moved"


def test_move_back_to_an_earlier_plan_takes_up_its_reminders(deadline, owner):
    services.move(deadline, to=date(2021, 6, 7), explanation="A week later.", by=owner)
    services.move(deadline, to=DUE, explanation="As before.", by=owner)
    assert rungs(deadline) == [(rung, DUE) for rung in (-14, -7, -1, 0, 7)]


def test_move_to_where_it_is_does_nothing(deadline, owner):
    services.move(deadline, to=DUE, explanation="As planned.", by=owner)
    assert verbs() == ["deadline.opened"]
    assert Deadline.objects.get().revision == 0


def test_move_refuses_a_date_before_the_start(now, kind, owner):
    opened = services.open_deadline(kind, title="Reply", rule=Rule("days", 60), start_on=date(2021, 5, 3))
    with pytest.raises(ClockRefused, match="is before the day this deadline is counted from"):
        services.move(opened, to=date(2021, 5, 2), explanation="Sooner.", by=owner)


def test_snooze_is_quiet_until_its_day_and_reminds_on_it(deadline, owner):
    services.snooze(deadline, until=date(2021, 5, 26), reason="Waiting for the university.", by=owner)
    assert Deadline.objects.get().snoozed_until == date(2021, 5, 26)
    assert [rung for rung, _due_on in rungs(deadline)] == [-5, -1, 0, 7]
    assert deadline.reminders.get(rung=-5).due_at.isoformat() == "2021-05-26T06:00:00+00:00"


@pytest.mark.parametrize("until", [date(2021, 5, 3), date(2021, 5, 2), date(2022, 5, 5)])
def test_snooze_ends_after_today_and_within_a_year(deadline, owner, until):
    with pytest.raises(DeadlineRefused, match="A snooze ends on a later day than today"):
        services.snooze(deadline, until=until, reason="Quiet.", by=owner)


@pytest.mark.parametrize("was", State)
@pytest.mark.parametrize("to", State)
def test_states_follow_the_table(deadline, owner, was, to):
    deadline = in_state(deadline, was)
    if to in NEXT[was]:
        assert STEPS[to](deadline, owner).state == to
        assert Entry.objects.get().data.items() >= {"was": was.value, "to": to.value}.items()
    else:
        with pytest.raises(DeadlineRefused, match="cannot become"):
            STEPS[to](deadline, owner)
        assert not Entry.objects.exists()


@pytest.mark.parametrize("was", [State.DONE, State.CANCELLED])
def test_dates_change_only_while_open(deadline, owner, was):
    deadline, later = in_state(deadline, was), date(2021, 6, 14)
    for step in (
        lambda: services.extend(deadline, to=later, reason="More time.", by=owner),
        lambda: services.move(deadline, to=later, explanation="Later.", by=owner),
        lambda: services.snooze(deadline, until=later, reason="Quiet.", by=owner),
    ):
        with pytest.raises(DeadlineRefused, match="so its date cannot be changed"):
            step()


@pytest.mark.parametrize("to", [State.DONE, State.CANCELLED])
def test_what_is_over_reminds_nobody(deadline, owner, to):
    services.snooze(deadline, until=date(2021, 5, 26), reason="Quiet.", by=owner)
    over = STEPS[to](deadline, owner)
    assert rungs(over) == []
    assert over.snoozed_until is None


def test_reopening_takes_up_the_reminders_to_come(deadline, owner, now):
    services.complete(deadline, by=owner, on=date(2021, 5, 1))
    now.move_to("2021-05-25T12:00:00+02:00")
    services.reopen(deadline, reason="By mistake.", by=owner)
    stored = Deadline.objects.get()
    assert (stored.state, stored.done_on) == (State.OPEN, None)
    assert [rung for rung, _due_on in rungs(stored)] == [-1, 0, 7]


def test_nothing_is_done_in_the_future(deadline, owner):
    with pytest.raises(DeadlineRefused, match="on a day to come"):
        services.complete(deadline, by=owner, on=date(2021, 5, 4))


def test_why_tells_rule_and_extensions_in_the_language_of_the_reader(now, kind, owner):
    opened = services.open_deadline(kind, title="Reply", rule=Rule("days", 60), start_on=date(2021, 5, 3))
    opened = services.extend(opened, to=date(2021, 7, 9), reason="Asked for.", by=owner)
    assert services.why(opened) == [
        "60 days from 3 May 2021 is Friday 2 July 2021.",
        "Extended from Friday 2 July 2021 to Friday 9 July 2021: Asked for.",
    ]
    with translation.override("fr"):
        assert "vendredi 2 juillet 2021" in services.why(opened)[0]


def test_why_keeps_the_words_of_then_when_holidays_changed_since(now, kind):
    opened = services.open_deadline(kind, title="Reply", rule=Rule("working_days", 2), start_on=date(2021, 5, 3))
    Holiday.objects.create(on=date(2021, 5, 4), name="Eid al-Fitr")
    assert services.why(opened)[0].startswith("2 working days from 3 May 2021 is Wednesday 5 May 2021.")
