"""Replies: several to one letter, one to several, read by somebody, and nobody reminded once one came."""

from datetime import date

import pytest
import time_machine

from communications import services as letters_services
from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.models import Letter, Reply
from communications.replies import services
from communications.replies.advice import advice
from iesogi.audit.models import Entry
from iesogi.deadlines.enums import State
from iesogi.deadlines.models import Deadline

pytestmark = pytest.mark.django_db
CAME = {"received_on": date(2021, 4, 12), "channel": "note_verbale", "language": "ru"}


@pytest.fixture(autouse=True)
def spring():
    with time_machine.travel("2021-05-12T10:00:00Z", tick=False):
        yield


@pytest.fixture
def letters(kazakhstan):
    made = []
    for number in (2, 3):
        letter = Letter(kind="AL", country=kazakhstan, reference_code="KAZ", number=number, year=2021)
        made.append(letters_services.register(letter, sent_on=date(2021, 3, number), by=None))
    return made


def fresh(*letters):
    return list(Letter.objects.filter(pk__in=[letter.pk for letter in letters]).order_by("pk"))


def test_one_reply_answers_several_letters_and_once_read_stops_their_clocks(letters, officer):
    reply = services.record(letters, by=officer, **CAME)
    assert {letter.reply_deadline.state for letter in fresh(*letters)} == {State.OPEN}
    services.classify(reply, reply_class="partial", by=officer)
    assert {letter.reply_deadline.done_on for letter in fresh(*letters)} == {CAME["received_on"]}
    assert [letter.state for letter in fresh(*letters)] == [LetterState.REPLIED] * 2
    assert {letter.reply_deadline.state for letter in fresh(*letters)} == {State.DONE}
    assert reply.letters.count() == 2


def test_second_reply_keeps_the_day_of_the_first_and_the_fullest_class_counts(letters, officer):
    first = services.record(letters[:1], by=officer, **CAME)
    second = services.record(letters[:1], by=officer, **CAME | {"received_on": date(2021, 5, 3)})
    services.classify(second, reply_class="substantive", by=officer)
    services.classify(first, reply_class="acknowledgement_only", by=officer)
    (letter,) = fresh(letters[0])
    assert (letter.replied_on, letter.reply_class) == (date(2021, 4, 12), "substantive")


@pytest.mark.parametrize("fuller", ["substantive", "partial", "rejected"])
def test_acknowledgement_stops_no_clock_and_the_first_fuller_reply_does(letters, officer, fuller):
    receipt = services.record(letters[:1], by=officer, **CAME)
    services.classify(receipt, reply_class="acknowledgement_only", by=officer)
    assert fresh(letters[0])[0].reply_deadline.state == State.OPEN
    answer = services.record(letters[:1], by=officer, **CAME | {"received_on": date(2021, 5, 3)})
    services.classify(answer, reply_class=fuller, by=officer)
    deadline = fresh(letters[0])[0].reply_deadline
    assert (deadline.state, deadline.done_on) == (State.DONE, date(2021, 5, 3))


def test_clock_goes_on_with_its_date_when_a_reply_turns_out_to_be_a_receipt(letters, officer):
    reply = services.record(letters[:1], by=officer, **CAME)
    due_on = fresh(letters[0])[0].reply_deadline.due_on
    reply = services.classify(reply, reply_class="partial", by=officer)
    services.classify(reply, reply_class="acknowledgement_only", by=officer)
    deadline = fresh(letters[0])[0].reply_deadline
    assert (deadline.state, deadline.due_on) == (State.OPEN, due_on)


def test_clock_of_an_acknowledged_letter_follows_a_corrected_day_of_sending(letters, officer):
    receipt = services.record(letters[:1], by=officer, **CAME)
    services.classify(receipt, reply_class="acknowledgement_only", by=officer)
    letters_services.record_sent(letters[0], sent_on=date(2021, 3, 12), by=officer)
    deadline = fresh(letters[0])[0].reply_deadline
    assert (deadline.state, deadline.due_on) == (State.OPEN, date(2021, 5, 11))


def test_reply_nags_until_it_is_classified_in_words_that_say_nothing(letters, officer):
    reply = services.record(letters, by=officer, **CAME)
    nag = Deadline.objects.open().get(kind__code="reply-class")
    assert (nag.title, nag.owner, nag.due_on) == ("A reply waits to be read", officer, date(2021, 5, 19))
    services.classify(reply, reply_class="rejected", quality="Answers two of five questions.", by=officer)
    assert not Deadline.objects.open().exists()
    assert "KAZ" not in str(list(Entry.objects.values_list("target_label", "data")))


@pytest.mark.parametrize(
    ("day", "sentence"), [(date(2021, 3, 1), "was not sent yet on that day"), (date(2021, 5, 13), "still to come")]
)
def test_reply_of_an_impossible_day_is_refused(letters, officer, day, sentence):
    with pytest.raises(StepRefused, match=sentence):
        services.record(letters, by=officer, **CAME | {"received_on": day})
    assert not Reply.objects.exists()


def test_one_reply_comes_from_one_state(letters, egypt, officer):
    other = letters_services.register(
        Letter(kind="AL", country=egypt, reference_code="EGY", number=1, year=2021), sent_on=date(2021, 3, 1), by=None
    )
    with pytest.raises(StepRefused, match="different addressees"):
        services.record([letters[0], other], by=officer, **CAME)
    reply = services.record(letters[:1], by=officer, **CAME)
    with pytest.raises(StepRefused, match="different addressees"):
        services.attach(reply, other, by=officer)
    services.attach(reply, letters[1], by=officer)
    assert fresh(letters[1])[0].state == LetterState.REPLIED


@pytest.mark.parametrize(
    ("reply_class", "words"),
    [("acknowledgement_only", "full reply"), ("partial", "follow-up"), ("rejected", "comments"), ("", "classify it")],
)
def test_advice_says_what_next(letters, officer, reply_class, words):
    reply = services.record(letters, by=officer, **CAME)
    if reply_class:
        reply = services.classify(reply, reply_class=reply_class, by=officer)
    assert words in advice(reply)


def test_reply_is_late_after_the_cut_off_of_its_letters_report(letters, new_letter):
    reply = Reply(received_on=date(2021, 7, 31))
    assert not reply.is_late_for(letters[0])
    reply.received_on = date(2021, 8, 1)
    assert reply.is_late_for(letters[0])
