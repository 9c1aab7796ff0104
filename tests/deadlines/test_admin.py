from datetime import date

import icalendar
import pytest
import time_machine

from iesogi.audit.models import Entry
from iesogi.deadlines import services
from iesogi.deadlines.clock import Rule
from iesogi.deadlines.enums import State
from iesogi.deadlines.models import Deadline, Extension, Holiday

pytestmark = pytest.mark.django_db

LIST = "/admin/deadlines/deadline/"
DUE = date(2021, 5, 31)
# What each act is given, beside its name.
ACTS = {
    "extend": {"to": "2021-06-14", "reason": "Translation is late."},
    "snooze": {"until": "2021-05-20", "reason": "Waiting."},
    "done": {"on": ""},
    "cancel": {"reason": "Not needed."},
}


@pytest.fixture(autouse=True)
def spring():
    with time_machine.travel("2021-05-03T10:00:00+02:00", tick=False):
        yield


@pytest.fixture
def slot(kind):
    return services.open_on(kind, title="Background document", due_on=DUE, explanation="As planned.")


@pytest.fixture
def reply(secret):
    return services.open_on(
        secret, title="x", due_on=DUE, explanation="60 days.", subject_label="AL KAZ 2/2019", subject_url="/admin/x/"
    )


def page(deadline, act="change"):
    return f"{LIST}{deadline.pk}/{act}/"


def rows(response):
    return [deadline.title for deadline in response.context["cl"].result_list]


# Who may


@pytest.mark.parametrize(
    ("who", "sees", "may_act"),
    [
        ("officer", 200, 200),
        ("holder", 200, 200),
        ("administrator", 200, 200),
        ("assistant", 200, 403),
        ("manager", 403, 403),
    ],
)
def test_cast_reaches_what_its_role_allows(request, as_user, slot, who, sees, may_act):
    client = as_user(request.getfixturevalue(who))
    assert [client.get(LIST).status_code, client.get(page(slot)).status_code] == [sees, sees]
    assert {client.get(page(slot, act)).status_code for act in ACTS} == {may_act}
    assert {client.post(page(slot, act), ACTS[act]).status_code for act in list(ACTS)[:1]} <= {302, 403}


def test_visitor_is_asked_to_log_in(client, slot):
    assert "/accounts/login/" in client.get(page(slot, "extend")).url


def test_confidential_deadline_does_not_exist_for_people_paid_from_outside(as_user, assistant, slot, reply):
    client = as_user(assistant)
    assert rows(client.get(LIST)) == ["Background document"]
    assert client.get(page(reply)).status_code == 302  # as for a row that is not there
    assert client.get(page(reply, "extend")).status_code == 404
    assert client.get(LIST, {"q": "KAZ"}).context["cl"].result_count == 0


# The list


def test_chosen_deadlines_are_taken_into_a_calendar(as_user, assistant, slot, reply):
    chosen = {"action": "take_into_a_calendar", "_selected_action": [slot.pk, reply.pk]}
    response = as_user(assistant).post(LIST, chosen)
    events = list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))
    assert [(str(each["summary"]), each.decoded("dtstart")) for each in events] == [("Background document", DUE)]
    assert response["Content-Disposition"] == 'attachment; filename="deadlines.ics"'
    assert "no-store" in response["Cache-Control"]


def test_list_shows_open_ones_until_asked_for_all(as_user, officer, kind, slot):
    services.complete(services.open_on(kind, title="Old", due_on=DUE, explanation="Given."), by=officer)
    client = as_user(officer)
    assert rows(client.get(LIST)) == ["Background document"]
    assert sorted(rows(client.get(LIST, {"state": "all"}))) == ["Background document", "Old"]
    assert rows(client.get(LIST, {"state": "done"})) == ["Old"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"due": "overdue"}, ["Late"]),
        ({"due": "7"}, ["Soon"]),
        ({"due": "30"}, ["Soon", "Background document"]),
        ({"whose": "mine"}, ["Soon"]),
        ({"whose": "desk"}, ["Late", "Background document"]),
        ({"q": "soo"}, ["Soon"]),
        ({"due": "nonsense"}, ["Late", "Soon", "Background document"]),
        ({"state": "nonsense"}, ["Late", "Soon", "Background document"]),
    ],
)
def test_list_answers_questions(as_user, officer, kind, slot, query, titles):
    services.open_on(kind, title="Late", due_on=date(2021, 4, 21), explanation="Given.")
    services.open_on(kind, title="Soon", due_on=date(2021, 5, 8), explanation="Given.", owner=officer)
    assert rows(as_user(officer).get(LIST, query)) == titles


@pytest.mark.parametrize("query", ["q=%00", "p=nonsense", "p=99999", "due_on__year=nonsense", "o=77"])
def test_list_survives_nonsense(as_user, officer, slot, query):
    assert as_user(officer).get(f"{LIST}?{query}").status_code in {200, 302, 400}


def test_list_says_how_long_and_how_late(as_user, officer, kind):
    services.open_on(kind, title="Late", due_on=date(2021, 4, 21), explanation="Given.")
    services.open_on(kind, title="Soon", due_on=date(2021, 5, 8), explanation="Given.")
    text = as_user(officer).get(LIST).content.decode()
    assert ("12 days late" in text, "in 5 days" in text) == (True, True)


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_every_length(as_user, officer, kind, django_assert_num_queries, number):
    for day in range(number):
        services.open_on(
            kind, title="Slot", due_on=date(2021, 5, 10 + day), explanation="Given.", owner=officer, by=officer
        )
    client = as_user(officer)
    client.get(LIST)
    with django_assert_num_queries(10):
        client.get(LIST)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("model", "queries"), [("holiday", 10), ("deadlinekind", 8)])
def test_lookups_cost_the_same_for_every_length(as_user, officer, model, queries, number, django_assert_num_queries):
    for day in range(number):
        Holiday.objects.create(on=date(2021, 5, 10 + day), name="Geneva Fast")
        services.kind_called(["task", "report-slot", "call-closes"][day])
    client = as_user(officer)
    client.get(f"/admin/deadlines/{model}/")
    with django_assert_num_queries(queries):
        client.get(f"/admin/deadlines/{model}/")


# One deadline


def test_page_explains_the_date_and_shows_its_history(as_user, officer, kind):
    deadline = services.open_deadline(kind, title="Reply", rule=Rule("days", 60), start_on=date(2021, 5, 3))
    services.extend(deadline, to=date(2021, 7, 9), reason="Asked for.", by=officer)
    text = as_user(officer).get(page(deadline)).content.decode()
    assert "60 days from 3 May 2021 is Friday 2 July 2021." in text
    assert "Extended from Friday 2 July 2021 to Friday 9 July 2021: Asked for." in text
    assert "Friday 9 July 2021 (in 67 days)" in text


def test_page_offers_only_what_can_be_done(as_user, officer, slot):
    client = as_user(officer)
    offered = [str(label) for label, _url in client.get(page(slot)).context["acts"]]
    services.complete(slot, by=officer)
    assert offered == ["Extend", "Snooze", "Done", "Cancel the deadline"]
    assert [str(label) for label, _url in client.get(page(slot)).context["acts"]] == ["Reopen"]


def test_page_links_only_into_the_portal(as_user, officer, kind, reply):
    elsewhere = services.open_on(
        kind, title="Slot", due_on=DUE, explanation="Given.", subject_label="Here", subject_url="//evil.example/"
    )
    client = as_user(officer)
    assert 'href="/admin/x/"' in client.get(page(reply)).content.decode()
    assert "evil.example" not in client.get(page(elsewhere)).content.decode()


def test_title_and_owner_can_be_changed_but_no_date(as_user, officer, slot):
    form = {"title": "Better title", "owner": officer.pk, "due_on": "2020-01-01", "state": "done"}
    management = {f"{name}-{count}": 0 for name in ("extensions", "reminders") for count in FORMS}
    as_user(officer).post(page(slot), form | management)
    slot.refresh_from_db()
    assert (slot.title, slot.owner, slot.due_on, slot.state) == ("Better title", officer, DUE, State.OPEN)


FORMS = ["TOTAL_FORMS", "INITIAL_FORMS"]


def test_nothing_can_be_deleted(as_user, administrator, slot):
    assert as_user(administrator).post(page(slot, "delete"), {"post": "yes"}).status_code == 403


# Acts


@pytest.mark.parametrize("act", ACTS)
def test_act_asks_first_and_acts_on_post(as_user, officer, slot, act):
    client = as_user(officer)
    assert client.get(page(slot, act)).status_code == 200
    assert Entry.objects.filter(by=officer).count() == 0
    assert client.post(page(slot, act), ACTS[act]).url == page(slot)
    entry = Entry.objects.get(by=officer)
    assert entry.verb.startswith("deadline.")
    slot.refresh_from_db()
    assert {
        "extend": slot.due_on == date(2021, 6, 14),
        "snooze": slot.snoozed_until == date(2021, 5, 20),
        "done": (slot.state, slot.done_on) == (State.DONE, date(2021, 5, 3)),
        "cancel": slot.state == State.CANCELLED,
    }[act]


def test_act_refused_keeps_what_was_typed_and_says_why(as_user, officer, slot):
    response = as_user(officer).post(page(slot, "extend"), {"to": "2021-05-30", "reason": "Half a page of reasons."})
    text = response.content.decode()
    assert "Sunday 30 May 2021 is not later than the present date, Monday 31 May 2021. Choose a later day." in text
    assert "Half a page of reasons." in text
    assert not Extension.objects.exists()


def test_act_on_a_deadline_that_is_over_is_refused_in_words(as_user, officer, slot):
    services.complete(slot, by=None)
    response = as_user(officer).post(page(slot, "extend"), ACTS["extend"])
    assert "so its date cannot be changed. Reopen it first." in response.content.decode()


def test_confidential_date_is_extended_by_people_paid_by_ohchr(as_user, officer, reply):
    assert as_user(officer).post(page(reply, "extend"), ACTS["extend"]).status_code == 302


# Opened by hand


@pytest.mark.parametrize(
    ("given", "due_on"),
    [
        ({"unit": "fixed"}, date(2021, 5, 8)),
        ({"unit": "fixed", "roll": "previous"}, date(2021, 5, 7)),
        ({"unit": "days", "number": "60"}, date(2021, 7, 7)),
        ({"unit": "working_days", "number": "5"}, date(2021, 5, 14)),
    ],
)
def test_deadline_is_opened_by_hand(as_user, officer, kind, given, due_on):
    form = {"kind": kind.pk, "title": "By hand", "start": "2021-05-08", "calendar": "geneva", "roll": "none"}
    response = as_user(officer).post(f"{LIST}add/", form | given)
    assert response.status_code == 302
    deadline = Deadline.objects.get()
    assert (deadline.due_on, deadline.title) == (due_on, "By hand")
    assert deadline.explanation
    assert "deadline.opened" in Entry.objects.filter(by=officer).values_list("verb", flat=True)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"unit": "days"}, "Say how many, or choose “On the day given”."),
        ({"unit": "days", "number": "9999999"}, "outside of that"),
        ({"unit": "days", "number": "0", "roll": "previous"}, "would be before the day it is counted from"),
        ({"unit": "days", "number": "5", "title": ""}, "This field is required."),
    ],
)
def test_deadline_that_cannot_be_is_refused_in_words(as_user, officer, kind, given, words):
    form = {"kind": kind.pk, "title": "By hand", "start": "2021-05-08", "calendar": "geneva", "roll": "none"}
    response = as_user(officer).post(f"{LIST}add/", form | given)
    assert words in response.content.decode()
    assert not Deadline.objects.exists()
