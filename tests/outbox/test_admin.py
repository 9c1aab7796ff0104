from datetime import timedelta

import pytest
from django.utils import timezone

from iesogi.audit.models import Entry
from iesogi.outbox.enums import State
from iesogi.outbox.models import Mail

pytestmark = pytest.mark.django_db

LIST = "/admin/outbox/mail/"


def make(state=State.WAITING, **fields):
    now = timezone.now()
    known = {
        State.CLAIMED: {"claimed_at": now},
        State.SENT: {"done_at": now},
        State.FAILED: {"done_at": now, "error": "SMTPDataError: 550 No such mailbox"},
        State.DISCARDED: {"done_at": now},
    }
    values = {"to": "owner@example.org", "subject": state.label, "state": state} | known.get(state, {}) | fields
    return Mail.objects.create(**values)


def page(mail, act="change"):
    return f"{LIST}{mail.pk}/{act}/"


def subjects(response):
    return {mail.subject for mail in response.context["cl"].result_list}


@pytest.mark.parametrize(
    ("who", "sees", "may_act"),
    [
        ("officer", 200, 200),
        ("administrator", 200, 200),
        ("holder", 200, 403),
        ("assistant", 403, 403),
        ("manager", 403, 403),
    ],
)
def test_cast_reaches_what_its_role_allows(request, as_user, who, sees, may_act):
    client, mail = as_user(request.getfixturevalue(who)), make(State.FAILED)
    assert [client.get(LIST).status_code, client.get(page(mail)).status_code] == [sees, sees]
    assert {client.get(page(mail, act)).status_code for act in ("try-again", "discard")} == {may_act}


def test_list_shows_what_has_not_gone_out_until_asked_for_all(as_user, officer):
    for state in State:
        make(state)
    client = as_user(officer)
    unsent = {State.DRAFT.label, State.WAITING.label, State.CLAIMED.label, State.FAILED.label}
    assert subjects(client.get(LIST)) == unsent
    assert subjects(client.get(LIST, {"state": "sent"})) == {State.SENT.label}
    assert subjects(client.get(LIST, {"state": "all"})) == {state.label for state in State}


def test_failed_mail_says_why(as_user, officer):
    mail, client = make(State.FAILED), as_user(officer)
    assert "550 No such mailbox" in client.get(LIST).content.decode()
    assert "550 No such mailbox" in client.get(page(mail)).content.decode()


def test_nothing_can_be_typed_over_or_deleted(as_user, administrator):
    client, mail = as_user(administrator), make()
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(page(mail), {"subject": "Other"}).status_code == 403
    assert client.post(page(mail, "delete"), {"post": "yes"}).status_code == 403


def test_try_again_asks_first_and_acts_on_post(as_user, officer):
    mail, client = make(State.FAILED, attempts=3), as_user(officer)
    assert client.get(page(mail, "try-again")).status_code == 200
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert client.post(page(mail, "try-again")).url == page(mail)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.WAITING, 0)
    assert Entry.objects.get().verb == "mail.tried_again"


def test_discard_puts_a_mail_aside(as_user, officer):
    mail = make(due_at=timezone.now() + timedelta(days=1))
    as_user(officer).post(page(mail, "discard"))
    mail.refresh_from_db()
    assert mail.state == State.DISCARDED


def test_act_that_comes_too_late_is_refused_in_words(as_user, officer):
    response = as_user(officer).post(page(make(State.SENT), "try-again"))
    assert "A mail that is “Sent” cannot become “Waiting to be sent”." in response.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_every_length(as_user, officer, number, django_assert_num_queries):
    for _each in range(number):
        make()
    client = as_user(officer)
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)
