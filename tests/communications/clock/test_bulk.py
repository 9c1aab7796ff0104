"""Reminders for letters chosen on the list: one a Mission, none for a letter that was answered."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communications import services
from communications.clock import bulk, missions
from communications.clock.models import MissionReminder
from communications.models import Letter
from communications.replies import services as replies
from iesogi.audit.models import Entry
from iesogi.deadlines.days import morning_of

pytestmark = pytest.mark.django_db
LIST = reverse("admin:communications_letter_changelist")
MAY_12 = date(2021, 5, 12)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(morning_of(MAY_12), tick=False):
        yield


@pytest.fixture
def sent(kazakhstan):
    """`sent(2, to=egypt)`: registered as sent on 1 March 2021, so a reply is due on 30 April."""

    def make(number, *, to=kazakhstan, on=date(2021, 3, 1)):
        letter = Letter(kind="AL", country=to, reference_code=to.iso3, number=number, year=2021)
        return services.register(letter, sent_on=on, by=None)

    return make


def answered(letter, reply_class, by):
    reply = replies.record([letter], received_on=date(2021, 5, 10), channel="email", language="ru", by=by)
    return replies.classify(reply, reply_class=reply_class, by=by) if reply_class else reply


def pick(*letters, **more):
    return {"action": "draft_reminders", "_selected_action": [letter.pk for letter in letters], **more}


def why(letter):
    (row,) = Letter.objects.filter(pk=letter.pk)
    _states, left_out = bulk.judged([row], on=MAY_12)
    return [reason for _letter, reason in left_out]


def test_page_shows_the_missions_and_what_is_left_out_before_anything_happens(as_user, officer, sent, egypt):
    late, also_late, not_yet = sent(2), sent(3), sent(4, to=egypt, on=date(2021, 5, 3))
    page = as_user(officer).post(LIST, pick(late, not_yet)).content.decode()
    for words in ("AL KAZ 2/2021", "AL KAZ 3/2021", "12 days late", "it is due on 2 July 2021"):
        assert words in page
    assert also_late.reference in page  # not chosen, and late: the Mission is written to once
    assert not MissionReminder.objects.exists()


def test_one_draft_a_mission_for_a_mixed_choice(as_user, officer, sent, egypt):
    first, second, cairo, not_yet = sent(2), sent(3), sent(1, to=egypt), sent(5, on=date(2021, 5, 3))
    chosen = pick(first, second, cairo, not_yet, do="1", language="fr")
    page = as_user(officer).post(LIST, chosen, follow=True).content.decode()
    assert "2 reminders are drafted: Egypt, Kazakhstan." in page
    assert "AL KAZ 5/2021</bdi>: its reply is not late" in page
    assert sorted(MissionReminder.objects.values_list("country__iso3", "language", "drafted_by__username")) == [
        ("EGY", "fr", officer.username), ("KAZ", "fr", officer.username),
    ]  # fmt: skip
    row = MissionReminder.objects.get(country=first.country)
    text = missions.text(row, on=MAY_12)
    assert "KAZ 2/2021" in text
    assert "KAZ 3/2021" in text
    assert Entry.objects.filter(verb="mission_reminder.drafted").count() == 2


def test_second_press_drafts_nothing_new_and_says_so(as_user, officer, sent):
    letter = sent(2)
    client = as_user(officer)
    client.post(LIST, pick(letter, do="1", language="en"))
    page = client.post(LIST, pick(letter, do="1", language="en"), follow=True).content.decode()
    assert "A draft lay there already, and speaks of these letters too: Kazakhstan." in page
    assert MissionReminder.objects.count() == 1
    assert Entry.objects.filter(verb="mission_reminder.drafted").count() == 1


@pytest.mark.parametrize(
    ("reply_class", "said"),
    [("partial", "a reply came in on 10 May 2021."), ("", "a reply came in that nobody has read yet")],
)
def test_answered_letter_is_left_out(sent, officer, reply_class, said):
    letter = sent(2)
    answered(letter, reply_class, officer)
    (reason,) = why(letter)
    assert reason.startswith(said)
    outcome = bulk.draft_for([Letter.objects.get()], by=officer)
    assert (outcome.drafted, len(outcome.left_out)) == ([], 1)
    assert not MissionReminder.objects.exists()


def test_acknowledged_letter_is_reminded_of(sent, officer):
    letter = sent(2)
    answered(letter, "acknowledgement_only", officer)
    assert why(letter) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "draft"}, "it was not sent, so no reply is awaited."),
        ({"state": "closed"}, "it is closed."),
        ({"country": None, "reference_code": "OTH", "other_addressee": "A company"}, "it went to no State"),
        ({}, "no reply is awaited any more."),
    ],
)
def test_every_letter_left_out_says_why(new_letter, fields, said):
    (reason,) = why(new_letter(**fields))
    assert reason.startswith(said)


def test_letter_answered_after_the_page_was_shown_gets_a_sentence(as_user, officer, sent):
    letter = sent(2)
    client = as_user(officer)
    assert 'name="do"' in client.post(LIST, pick(letter)).content.decode()
    answered(letter, "partial", officer)
    page = client.post(LIST, pick(letter, do="1", language="en"), follow=True).content.decode()
    assert "AL KAZ 2/2021</bdi>: a reply came in on 10 May 2021." in page
    assert not MissionReminder.objects.exists()


def test_unknown_language_is_asked_for_again(as_user, officer, sent):
    page = as_user(officer).post(LIST, pick(sent(2), do="1", language="xx")).content.decode()
    assert "Select a valid choice" in page
    assert not MissionReminder.objects.exists()


def test_page_and_drafts_ask_as_often_for_ten_letters_as_for_two(as_user, officer, sent):
    letters = [sent(number) for number in range(2, 12)]
    client = as_user(officer)
    counts = []
    for chosen, button in ((2, {}), (10, {}), (2, {"do": "1"}), (10, {"do": "1"})):
        MissionReminder.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            client.post(LIST, pick(*letters[:chosen], language="en", **button))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[2] == counts[3]
