"""A sender comes back by number: reads what the team asks, adds, restricts, withdraws."""

import pytest
from django.test import Client

from iesogi.outbox.models import Mail
from iesogi.vault import receipts
from iesogi.vault.enums import Kind
from reports.contributions import screening
from reports.contributions.models import Contribution
from tests.reports.calls.conftest import ANSWER, PUBLIC, opened
from tests.vault.conftest import AT, submit


@pytest.fixture
def inside(sender, client):
    """A client that came back to a public contribution."""
    sender.send(q1=ANSWER, **PUBLIC)
    assert client.post("/calls/return/", {"number": sender.number}).status_code == 303
    return client


def once(client, name):
    page = client.get("/calls/return/page/").content.decode()
    return page.split(f'name="{name}-once" value="')[1].split('"')[0]


def test_question_of_the_team_is_read_and_answered(inside, amal):
    row = Contribution.objects.get()
    screening.ask_more(row, text="Which law do you mean?", unlocked=amal, at=AT)
    page = inside.get("/calls/return/page/").content.decode()
    assert "Which law do you mean?" in page
    assert ANSWER not in page
    sent = {"add-once": once(inside, "add"), "add-text": "The law of 2020."}
    assert "has arrived and is sealed" in inside.post("/calls/return/page/add/", sent).content.decode()
    assert "had arrived already" in inside.post("/calls/return/page/add/", sent).content.decode()
    row.refresh_from_db()
    assert (row.state, row.has_news) == ("more_info", True)
    assert opened(amal, row)[Kind.MESSAGE_IN] == [{"text": "The law of 2020."}]
    draft = Mail.objects.get(state="draft")
    assert "Which law" not in draft.text


def test_confidential_from_now_on_takes_everything_out_of_the_open(inside, officer):
    row = screening.publish(screening.accept(Contribution.objects.get(), by=officer), by=officer)
    assert ANSWER in inside.get("/calls/laws-2021/contributions/").content.decode()
    sent = {"restrict-once": once(inside, "restrict"), "restrict-publication": "confidential"}
    inside.post("/calls/return/page/restrict/", sent)
    row.refresh_from_db()
    assert (row.publication, row.name, row.email, row.received_at, row.published_at) == (
        "confidential",
        "",
        "",
        None,
        None,
    )
    assert not row.answers.exists()
    assert ANSWER not in inside.get("/calls/laws-2021/contributions/").content.decode()
    assert Mail.objects.get().to == "erased@invalid.invalid"


def test_without_name_from_now_on_keeps_the_answers(inside, officer):
    screening.publish(screening.accept(Contribution.objects.get(), by=officer), by=officer)
    sent = {"restrict-once": once(inside, "restrict"), "restrict-publication": "public_without_name"}
    inside.post("/calls/return/page/restrict/", sent)
    page = inside.get("/calls/laws-2021/contributions/").content.decode()
    assert "Name withheld" in page
    assert "Equality Network" not in page
    assert ANSWER in page


def test_withdrawn_is_used_nowhere_and_takes_nothing_more(inside):
    value = once(inside, "add")
    inside.post("/calls/return/page/withdraw/", {"withdraw-once": once(inside, "withdraw"), "withdraw-sure": "on"})
    row = Contribution.objects.get()
    assert (row.state, row.publication, row.name) == ("withdrawn", "confidential", "")
    late = inside.post("/calls/return/page/add/", {"add-once": value, "add-text": "One more thing."})
    assert "nothing is added to it any more" in late.content.decode()
    assert late.status_code == 422


def test_what_comes_too_late_is_kept_and_asks_for_the_number(sender, client):
    sender.send(q1=ANSWER, category="cso")
    sent = {"add-once": "0" * 32, "add-text": "A long text."}
    page = client.post("/calls/return/page/add/", sent)
    assert "A long text." in page.content.decode()
    page = client.post("/calls/return/page/add/", sent | {"add-number": sender.number})
    assert "has arrived and is sealed" in page.content.decode()


def test_what_was_typed_is_kept_where_the_cookie_against_forged_forms_is_gone(sender, amal):
    sender.send(q1=ANSWER, category="cso")
    browser = Client(enforce_csrf_checks=True)
    door = browser.post("/calls/return/", {"number": sender.number})
    assert door.status_code == 403
    assert sender.number in door.content.decode()
    assert browser.post("/calls/return/", {"number": sender.number, **token_in(door)}).status_code == 303
    sent = {"add-once": once(browser, "add"), "add-text": "A long text."}
    page = browser.post("/calls/return/page/add/", sent)
    assert page.status_code == 403
    assert "A long text." in page.content.decode()
    assert (
        "has arrived and is sealed" in browser.post("/calls/return/page/add/", sent | token_in(page)).content.decode()
    )
    assert opened(amal, Contribution.objects.get())[Kind.MESSAGE_IN] == [{"text": "A long text."}]


def token_in(response):
    return {"csrfmiddlewaretoken": response.context["csrf_token"]}


def test_number_of_a_report_opens_no_contribution(client, channels, call):

    number = receipts.new_number()
    submit(number=number)
    page = client.post("/calls/return/", {"number": number})
    assert page.status_code == 422
    assert "opens no contribution" in page.content.decode()
