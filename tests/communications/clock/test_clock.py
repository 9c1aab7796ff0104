"""The clock of letters: early check, lateness in two steps, more time, and reminders that never come after a reply."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from communications import services as letters_services
from communications.clock import first_steps, missions
from communications.clock.models import FirstSteps, MissionReminder
from communications.exceptions import StepRefused
from communications.models import Letter
from communications.replies import services as replies
from iesogi.audit.models import Entry
from iesogi.deadlines.days import morning_of
from iesogi.deadlines.models import Deadline
from iesogi.outbox.models import Mail

pytestmark = pytest.mark.django_db
PAGE = "/admin/communications/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(morning_of(date(2021, 5, 12)), tick=False) as moved:
        yield moved


@pytest.fixture
def sent(kazakhstan):
    """`sent(2, kind="UA")`: registered as sent on 1 March 2021, so a reply is due on 30 April."""

    def make(number, *, kind="AL", on=date(2021, 3, 1), by=None):
        letter = Letter(kind=kind, country=kazakhstan, reference_code="KAZ", number=number, year=2021)
        return letters_services.register(letter, sent_on=on, by=by)

    return make


def came(*letters, by=None, on=date(2021, 5, 10)):
    return replies.record(letters, received_on=on, channel="email", language="ru", by=by)


def answered(*letters, by=None, reply_class="partial"):
    return replies.classify(came(*letters, by=by), reply_class=reply_class, by=by)


def test_urgent_appeal_is_looked_at_early_and_others_are_not(sent, officer):
    urgent, _other = sent(2, kind="UA", by=officer), sent(3)
    check = FirstSteps.objects.get()
    assert (check.letter, check.deadline.due_on) == (urgent, date(2021, 3, 15))
    assert check.deadline.title == "First steps are due"
    first_steps.answer(urgent, answer="taken", by=officer)
    assert not Deadline.objects.open().filter(kind__code="letter-first-steps").exists()


def test_reply_settles_the_early_check_as_well(sent, officer):
    answered(sent(2, kind="UA"), by=officer)
    assert not Deadline.objects.open().exists()


@pytest.mark.parametrize(
    ("on", "overdue", "long"),
    [(date(2021, 4, 30), 0, 0), (date(2021, 5, 1), 1, 0), (date(2021, 6, 29), 1, 0), (date(2021, 6, 30), 1, 1)],
)
def test_lateness_comes_in_two_steps(sent, on, overdue, long):
    sent(2)
    assert Letter.objects.overdue(on=on).count() == overdue
    assert Letter.objects.long_overdue(on=on).count() == long


def test_more_time_keeps_the_first_date_and_explains_itself(as_user, officer, sent):
    letter = sent(2, by=officer)
    desk = as_user(officer)
    said = {"to": "2021-06-15", "reason": "The State asked for time."}
    assert desk.post(f"{PAGE}letter/{letter.pk}/extend/", said).status_code == 302
    deadline = Deadline.objects.get()
    assert (deadline.due_on, deadline.original_due_on) == (date(2021, 6, 15), date(2021, 4, 30))
    text = desk.get(f"{PAGE}letter/{letter.pk}/change/").content.decode()
    assert "60 days" in text
    assert "The State asked for time." in text
    assert "asked for time" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_one_reminder_a_state_lists_its_overdue_letters_alone(sent, officer):
    sent(2), sent(3)
    not_due, replied = sent(4, on=date(2021, 5, 3)), sent(5)
    answered(replied, by=officer)
    (row,) = missions.draft_all(by=officer)
    text = missions.text(row, on=date(2021, 5, 12))
    assert [number in text for number in ("KAZ 2/2021", "KAZ 3/2021", "KAZ 4/2021", "KAZ 5/2021")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert "asked for by 30 April 2021" in text
    assert missions.draft(row.country, by=officer) == row
    assert not_due.pk


def test_reminder_speaks_the_language_of_its_letters_first(as_user, officer, sent):
    letter = sent(2)
    Letter.objects.update(language="fr")
    page = as_user(officer).get(f"{PAGE}letter/{letter.pk}/remind/").content.decode()
    assert '<option value="fr" selected>' in page
    assert [row.language for row in missions.draft_all(by=officer)] == ["fr"]


def test_nothing_is_sent_after_a_reply_came_in(sent, officer):
    first, second = sent(2), sent(3)
    row = missions.draft(first.country, by=officer)
    answered(first, by=officer)
    assert "KAZ 2/2021" not in missions.text(row, on=date(2021, 5, 12))
    answered(second, by=officer)
    for use in (lambda: missions.text(row, on=date(2021, 5, 12)), lambda: missions.mark_sent(row, by=officer)):
        with pytest.raises(StepRefused, match="Send nothing"):
            use()
    assert not MissionReminder.objects.sent().exists()


def test_acknowledged_letter_is_still_overdue_and_reminded_of_unless_a_reply_waits_to_be_read(sent, officer):
    letter = sent(2, kind="UA")
    answered(letter, by=officer, reply_class="acknowledgement_only")
    assert Letter.objects.overdue(on=date(2021, 5, 12)).get() == letter
    row = missions.draft(letter.country, by=officer)
    assert "KAZ 2/2021" in missions.text(row, on=date(2021, 5, 12))
    came(letter, by=officer)
    with pytest.raises(StepRefused, match="Send nothing"):
        missions.mark_sent(row, by=officer)
    assert Deadline.objects.open().filter(kind__code="letter-first-steps").exists()


def test_sent_reminder_keeps_its_letters_and_the_next_is_firmer(sent, officer):
    letter = sent(2)
    row = missions.mark_sent(missions.draft(letter.country, by=officer), by=officer)
    assert list(row.letters.all()) == [letter]
    again = missions.draft(letter.country, by=officer)
    assert "earlier reminder" in missions.text(again, on=date(2021, 5, 12))
    with pytest.raises(StepRefused, match="no draft any more"):
        missions.drop(row, by=officer)


def test_database_keeps_one_draft_a_state(sent, officer):
    missions.draft(sent(2).country, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        MissionReminder.objects.create(country=Letter.objects.get().country, drafted_on=date(2021, 5, 12))


def test_reminders_leave_no_state_or_reference_outside_the_fence(as_user, officer, assistant, client, sent):
    letter = sent(2, by=officer)
    desk = as_user(officer)
    assert desk.post(f"{PAGE}missionreminder/all/").status_code == 302
    row = MissionReminder.objects.get()
    page = desk.get(f"{PAGE}missionreminder/{row.pk}/change/").content.decode()
    assert letter.reference in page
    assert letter.reference in desk.post(f"{PAGE}missionreminder/{row.pk}/text/").content.decode()
    assert not Mail.objects.filter(text__contains="KAZ").exists()
    assert "KAZ" not in str(list(Entry.objects.values_list("target_label", "data")))
    outsider = as_user(assistant)
    for address in ("", "all/", f"{row.pk}/change/", f"{row.pk}/text/"):
        assert outsider.get(f"{PAGE}missionreminder/{address}").status_code == 403
