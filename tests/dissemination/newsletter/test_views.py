import re

import pytest
from django.test import Client
from django.utils import timezone

from dissemination.newsletter import links, sending, services, views
from dissemination.newsletter.models import Issue, Subscriber
from iesogi.outbox.models import Mail
from iesogi.vault import gate
from iesogi.vault.guard import Buckets

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_waiting(settings):
    settings.FORM_MIN_SECONDS = 0


@pytest.fixture
def typed(news):
    return {
        "email": "ana@example.org",
        "lists": [news.pk],
        "language": "en",
        "website": "",
        "since": gate.now_signed(),
    }


def path_in(text):
    return re.search(r"http://127\.0\.0\.1:8000(/\S+/confirm/\S+)", text)[1]


@pytest.mark.demand("ILGA-17")
def test_reader_subscribes_confirms_changes_and_leaves(client, news, society, typed):
    assert client.post("/newsletter/", typed)["Location"] == "/newsletter/asked/"
    path = path_in(Mail.objects.get().text)
    assert "Issues" in client.get(path).content.decode()
    assert not Subscriber.objects.filter(subscriptions__state="active").exists()
    page = client.post(path).content.decode()
    assert "The subscription is confirmed" in page
    own = re.search(r'href="(/newsletter/preferences/[^"]+)"', page)[1]
    saved = client.post(own, {"lists": [society.pk], "language": "fr"}).content.decode()
    assert "Your choice is saved" in saved
    left = client.post(own.replace("preferences", "leave"), {"all": "1"}).content.decode()
    assert "your address is erased" in left
    assert "You have left" in client.get(own).content.decode()


@pytest.mark.demand("ILGA-17")
def test_one_click_of_a_mail_program_leaves_the_list_at_once(news, society, reader, issue, officer):
    """RFC 8058: a POST of exactly this body, without cookie, token or question; once more changes nothing."""
    subscriber = reader("a@example.org", news, society)
    sending.send(issue, by=officer)
    sending.fan_out(issue.pk)
    path = Mail.objects.get(mailing__isnull=False).merge["leave_url"].removeprefix("http://127.0.0.1:8000")
    client = Client(enforce_csrf_checks=True)
    for _each in range(2):
        response = client.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert (response.status_code, dict(response.cookies)) == (200, {})
    assert dict(subscriber.subscriptions.values_list("list__code", "state")) == {
        "issues": "left",
        "civil-society": "active",
    }


def test_looking_at_the_page_to_leave_changes_nothing(client, news, reader):
    subscriber = reader("a@example.org")
    response = client.get(f"/newsletter/leave/{links.token_of(subscriber, news.pk)}/")
    assert "Leave “Issues”" in response.content.decode()
    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex", "no-store")
    assert subscriber.subscriptions.get().state == "active"


@pytest.mark.parametrize("name", ["leave", "confirm", "preferences"])
@pytest.mark.parametrize("token", ["x", "0.0:forged", "a" * 32 + ".1:x"])
def test_link_that_is_not_ours_leads_nowhere(client, db, name, token):
    assert client.post(f"/newsletter/{name}/{token}/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"email": "no"}, "valid email"),
        ({"lists": []}, "required"),
        ({"lists": ["nonsense"]}, "valid"),
        ({"language": "xx"}, "valid choice"),
        ({"website": "x"}, "stays empty"),
        ({"since": ""}, "faster than a person"),
    ],
)
def test_bad_input_is_said_in_words_and_nothing_is_sent(client, typed, fields, complaint):
    response = client.post("/newsletter/", typed | fields)
    assert response.status_code == 422
    assert re.search(complaint, response.content.decode(), re.IGNORECASE)
    assert not Mail.objects.exists()


def test_flood_from_one_network_is_slowed(client, typed, monkeypatch):
    monkeypatch.setattr(views, "tries", Buckets(burst=1, per_minute=1))
    assert client.post("/newsletter/", typed).status_code == 302
    response = client.post("/newsletter/", typed | {"email": "kept@example.org"})
    assert (response.status_code, "kept@example.org" in response.content.decode()) == (429, True)


def test_answer_never_tells_who_is_subscribed(client, typed, reader):
    reader("ana@example.org")
    known, unknown = (
        client.post("/newsletter/", typed),
        client.post("/newsletter/", typed | {"email": "b@example.org"}),
    )
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_archive_shows_what_was_sent_and_no_draft(client, issue, reader, officer):
    assert client.get("/newsletter/archive/first/").status_code == 404
    assert "First issue" not in client.get("/newsletter/archive/").content.decode()
    reader("a@example.org")
    sending.send(issue, by=officer)
    text = client.get("/newsletter/archive/first/").content.decode()
    assert "<h2>Report</h2>" in text
    assert "First issue" in client.get("/newsletter/").content.decode()
    Issue.objects.update(is_archived=False)
    assert client.get("/newsletter/archive/first/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_archive_takes_the_same_queries_however_many_issues(
    client, news, reader, officer, django_assert_num_queries, count
):
    reader("a@example.org")
    for number in range(count):
        sending.send(Issue.objects.create(list=news, slug=f"n{number}", subject="An issue", body="x"), by=officer)
    with django_assert_num_queries(2):
        client.get("/newsletter/archive/")


def test_list_is_named_in_the_language_of_the_page(client, news):
    assert "قضايا" in client.get("/ar/newsletter/").content.decode()


def test_waiting_reader_leaves_by_erasing(client, news):
    subscriber = services.ask("a@example.org", [news], language="en")
    client.post(f"/newsletter/leave/{links.token_of(subscriber)}/", {"all": "1"})
    assert Subscriber.objects.get().email == ""
    assert services.tick(now=timezone.now(), enqueue=False)["addresses_erased"] == 0


@pytest.mark.parametrize("field", ["email", "lists", "language", "since", "website"])
def test_nul_byte_in_the_form_is_left_out(client, news, typed, field):
    """It comes along when an address is copied out of a damaged file; an empty trap stays empty without it."""
    typed[field] = f"{news.pk if field == 'lists' else typed[field]}\x00"
    assert client.post("/newsletter/", typed)["Location"] == "/newsletter/asked/"
    assert Mail.objects.get().to == "ana@example.org"
