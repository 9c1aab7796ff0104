"""When the cookie against forged forms is gone, nothing is done, and nothing that was typed is lost."""

import re

import pytest
from django.test import Client

from iesogi.vault.cookies import Cookie
from iesogi.vault.enums import Kind
from iesogi.vault.models import KeyBox

TYPED = "All of my long text."


@pytest.fixture
def browser(sent):
    """Came back by number, with the check of forms in force; then lost the cookie of that check."""
    browser = Client(enforce_csrf_checks=True)
    token = token_in(browser.get("/return/"))
    browser.post("/return/", {"number": sent.number, "csrfmiddlewaretoken": token})
    del browser.cookies["csrftoken"]
    return browser


def token_in(response):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())[1]


def once_in(response):
    return re.search(r'name="add-once" value="(\w+)"', response.content.decode())[1]


def add(browser, **given):
    return browser.post("/return/thread/add/", {"add-once": "0" * 32, "add-text": TYPED, **given})


def test_text_is_offered_again_and_arrives_once(browser, sent, read):
    page = add(browser)
    assert page.status_code == 403
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert TYPED in page.content.decode()
    assert "add-number" not in page.content.decode()
    assert read(Kind.MESSAGE_IN) == []
    again = add(browser, **{"add-once": once_in(page), "csrfmiddlewaretoken": token_in(page)})
    assert "It has arrived and is sealed." in again.content.decode()
    assert [each.content["text"] for each in read(Kind.MESSAGE_IN)] == [TYPED]


def test_number_is_asked_for_where_both_cookies_are_gone(browser):
    del browser.cookies[Cookie.REPORTER.full_name]
    page = add(browser).content.decode()
    assert TYPED in page
    assert 'name="add-number"' in page


@pytest.mark.parametrize("name", ["reprisal", "consent", "withdraw"])
def test_every_form_of_the_page_is_kept(browser, name):
    response = browser.post(f"/return/thread/{name}/", {f"{name}-text": TYPED, f"{name}-words": TYPED})
    assert response.status_code == 403
    assert TYPED in response.content.decode()


def test_number_stays_in_the_door_and_opens_nothing(db, sent):
    browser = Client(enforce_csrf_checks=True)
    page = browser.post("/return/", {"number": sent.number})
    assert page.status_code == 403
    assert sent.number in page.content.decode()
    assert not KeyBox.objects.exists()
    assert browser.post("/return/", {"number": sent.number, "csrfmiddlewaretoken": token_in(page)}).status_code == 303


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example.org"}, {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
                {"Sec-Fetch-Site": "cross-site"}]
)  # fmt: skip
def test_stranger_fills_in_no_page_of_ours(browser, headers):
    given = {"add-once": "0" * 32, "add-text": TYPED}
    response = browser.post("/return/thread/add/", given, headers=headers)
    assert response.status_code == 403
    assert TYPED not in response.content.decode()
