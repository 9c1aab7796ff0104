"""Chosen letters put into a window: seen first, proposed in one go, never confirmed by the same person."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communications.exceptions import StepRefused
from communications.models import Letter, Publication
from communications.publication import bulk, services
from iesogi.audit.models import Entry
from iesogi.deadlines.days import morning_of

pytestmark = pytest.mark.django_db
LIST = reverse("admin:communications_letter_changelist")
WORDS = {"title": "Alleged threats against a group", "text": "It is alleged that…", "naming": "nobody"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(morning_of(date(2021, 8, 2)), tick=False):
        yield


def pick(*letters, **more):
    return {"action": "put_in_window", "_selected_action": [letter.pk for letter in letters], **more}


def reasons(*letters, session=None):
    _places, left_out = bulk.judged(letters, session=session)
    return [reason for _letter, reason in left_out]


def test_page_shows_each_letters_session_before_anything_happens(as_user, officer, new_letter):
    march, june = new_letter(number=1), new_letter(number=2, sent_on=date(2021, 6, 1))
    unnumbered = new_letter(reference_code="", number=None, year=None)
    page = as_user(officer).post(LIST, pick(march, june, unnumbered)).content.decode()
    for words in (
        "Session 48 of the Council, September 2021",
        "1 August 2021",
        "Session 49 of the Council, March 2022",
        "1 February 2022",
        "its redacted version, its reference number",
    ):
        assert words in page
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("sent_on", "session"),
    [
        (date(2020, 11, 30), 46),
        (date(2020, 12, 1), 47),
        (date(2020, 2, 29), 44),
        (date(2021, 3, 1), 48),
        (date(2021, 5, 31), 48),
        (date(2021, 6, 1), 49),
    ],
)
def test_window_is_that_of_the_day_of_sending(new_letter, officer, sent_on, session):
    """R10."""
    letter = new_letter(sent_on=sent_on)
    ((place,), _left_out) = bulk.judged([letter])
    assert (place.publication.session, place.own) == (session, session)
    assert bulk.put_in(letter, by=officer).session == session


def test_mixed_choice_proposes_what_it_can_and_tells_the_rest_one_by_one(as_user, officer, new_letter):
    can, draft = new_letter(number=1), new_letter(state="draft")
    public = new_letter(number=3, state="published")
    held = new_letter(number=4)
    services.hold(services.propose(held, by=None), reason="The source asked for time.", by=officer)
    there = new_letter(number=5)
    services.propose(there, by=None)
    page = as_user(officer).post(LIST, pick(can, draft, public, held, there, do="1", session=""), follow=True)
    text = page.content.decode()
    for words in (
        "1 letter is proposed: AL KAZ 1/2021 (48). Somebody else confirms it.",
        f"Letter {draft.pk}, not numbered yet</bdi>: it was not sent",
        "AL KAZ 3/2021</bdi>: it is public already",
        "AL KAZ 4/2021</bdi>: it is held back: “The source asked for time.”",
        "AL KAZ 5/2021</bdi>: it is proposed for session 48 already.",
    ):
        assert words in text
    row = Publication.objects.get(letter=can)
    assert (row.proposed_by, row.proposed_on, row.state) == (officer, date(2021, 8, 2), "proposed")
    entry = Entry.objects.in_chain_order().filter(verb="publication.proposed").last()
    assert (entry.by, entry.target_label, entry.data) == (officer, f"publication of letter {can.pk}", {"session": 48})
    assert not Letter.objects.filter(pk=can.pk).published().exists()


def test_whoever_proposes_many_confirms_none_of_them(new_letter, officer, holder):
    row = bulk.put_in(new_letter(), by=holder)
    services.redact(row, by=officer, **WORDS)
    with pytest.raises(StepRefused, match="Ask a colleague"):
        services.confirm(row, by=holder)


def test_second_press_proposes_nothing_again(as_user, officer, letter):
    client = as_user(officer)
    for _time in range(2):
        page = client.post(LIST, pick(letter, do="1", session=""), follow=True).content.decode()
    assert "</bdi>: it is proposed for session 48 already." in page
    assert Entry.objects.filter(verb="publication.proposed").count() == 1


def test_later_session_is_shown_again_before_it_is_done(as_user, officer, letter):
    client = as_user(officer)
    page = client.post(LIST, pick(letter, session="50")).content.decode()
    assert "later than its own, 48" in page
    assert not Publication.objects.exists()
    client.post(LIST, pick(letter, session="50", do="1"))
    assert Publication.objects.get().session == 50


def test_session_before_ones_own_is_refused_for_that_letter_alone(new_letter, officer):
    march, june = new_letter(number=1), new_letter(number=2, sent_on=date(2021, 6, 1))
    done, left_out = bulk.put_all_in([march, june], by=officer, session=48)
    assert [row.letter for row in done] == [march]
    assert left_out == [(june, "session 48 is before the one it belongs to.")]


def test_letter_put_into_a_later_report_stays_there_unless_a_session_is_given(letter, officer):
    services.propose(letter, by=officer, session=50)
    assert reasons(letter) == ["it is proposed for session 50 already."]
    assert bulk.put_in(letter, by=officer, session=51).session == 51


def test_letter_without_its_day_of_sending_says_so(new_letter):
    """As old letters stand that a document mentions without their day."""
    assert reasons(new_letter(state="replied", sent_on=None)) == [
        "nobody entered the day on which it was sent, from which its session follows."
    ]


@pytest.mark.parametrize("session", ["0", "abc", "1000000000000"])
def test_nonsense_for_a_session_is_asked_for_again(as_user, officer, letter, session):
    response = as_user(officer).post(LIST, pick(letter, session=session, do="1"))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Publication.objects.exists()


@pytest.mark.parametrize("role", ["manager", "assistant"])
def test_step_itself_asks_who_takes_it(request, letter, role):
    with pytest.raises(StepRefused):
        bulk.put_in(letter, by=request.getfixturevalue(role))
    assert not Publication.objects.exists()


def test_page_asks_as_often_for_ten_letters_as_for_two(as_user, officer, new_letter):
    letters = [new_letter(number=number) for number in range(1, 11)]
    client, counts = as_user(officer), []
    for chosen in (2, 10):
        with CaptureQueriesContext(connection) as asked:
            client.post(LIST, pick(*letters[:chosen]))
        counts.append(len(asked))
    assert counts[0] == counts[1]
