"""What acts on many letters have in common: who may, which letters, and that a filter drops none of them."""

import pytest
from django.urls import reverse

from communications.clock.models import MissionReminder
from communications.letters import bulk
from communications.models import Letter, Publication
from communications.publication import services

pytestmark = pytest.mark.django_db
LIST = reverse("admin:communications_letter_changelist")
ACTIONS = ["assign", "draft_reminders", "put_in_window"]


def pick(*letters, action, **more):
    return {"action": action, "_selected_action": [letter.pk for letter in letters], **more}


@pytest.mark.parametrize("action", ACTIONS)
def test_people_paid_from_outside_never_reach_it(as_user, assistant, letter, action):
    for button in ({}, {"do": "1", "language": "en", "session": "", "owner": assistant.pk}):
        assert as_user(assistant).post(LIST, pick(letter, action=action, **button)).status_code == 403


@pytest.mark.parametrize("action", ACTIONS)
def test_role_that_takes_no_steps_is_not_offered_it(as_user, manager, letter, action):
    """A manager paid by OHCHR stands inside the fence; a forged form does nothing."""
    client = as_user(manager)
    response = client.post(LIST, pick(letter, action=action, do="1", language="en", session="", owner=manager.pk))
    assert response.status_code in {302, 403}
    assert (MissionReminder.objects.count(), Publication.objects.count()) == (0, 0)
    assert Letter.objects.get().owner is None


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_chosen_is_said(as_user, officer, letter, action):
    page = as_user(officer).post(LIST, {"action": action, "index": "0"}, follow=True).content.decode()
    assert "Items must be selected" in page


@pytest.mark.parametrize("action", ACTIONS)
def test_more_than_can_be_read_is_refused(as_user, officer, new_letter, action):
    letters = [new_letter(number=number) for number in range(1, bulk.AT_ONCE + 2)]
    page = as_user(officer).post(LIST, pick(*letters, action=action), follow=True).content.decode()
    assert "You chose more than 200 letters" in page


@pytest.mark.parametrize("action", ACTIONS)
def test_page_keeps_the_address_with_its_filter(as_user, officer, new_letter, action):
    """A closed letter is not on the list as it comes; the second step has to find it all the same."""
    closed = new_letter(state="closed")
    page = as_user(officer).post(f"{LIST}?state=closed", pick(closed, action=action)).content.decode()
    assert f'name="_selected_action" value="{closed.pk}"' in page
    assert '<form method="post">' in page
    assert f'href="{LIST}?state=closed"' in page


def test_all_of_a_filter_are_taken_along_by_their_keys(as_user, officer, new_letter):
    letters = [new_letter(number=number) for number in (1, 2, 3)]
    given = pick(letters[0], action="assign", select_across="1", index="0")
    page = as_user(officer).post(LIST, given).content.decode()
    assert page.count('name="_selected_action"') == 3
    assert "select_across" not in page


def test_reason_is_shown_as_text(as_user, officer, new_letter):
    """The reason of a letter that is held back was typed by somebody."""
    held = services.propose(new_letter(), by=None)
    services.hold(held, reason="<b>Wait</b>", by=officer)
    page = as_user(officer).post(LIST, pick(held.letter, action="put_in_window", do="1", session=""), follow=True)
    assert "it is held back: “&lt;b&gt;Wait&lt;/b&gt;”" in page.content.decode()
