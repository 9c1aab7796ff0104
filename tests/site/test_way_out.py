"""The way out works in every language, whatever is open and whatever has failed."""

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection

from iesogi.vault import sealing, sessions
from iesogi.vault.cookies import Cookie
from iesogi.vault.intake import Thread
from iesogi.vault.models import KeyBox
from iesogi.vault.records import Place

pytestmark = pytest.mark.django_db


def open_thread():
    pair = sealing.new_pair()
    return sessions.start_reporter(Thread(sealing.new_key(), Place(uuid4(), pair.public), None))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["/exit/", "/ar/exit/"])
def test_exit_leaves_at_once_and_clears_what_was_stored(client, method, path):
    response = getattr(client, method)(path)
    assert response.status_code == 303
    assert response["Location"] == "https://www.wikipedia.org/"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_exit_leads_where_the_installation_says(client, settings):
    settings.NEUTRAL_URL = "https://weather.example.org/"
    assert client.get("/exit/")["Location"] == "https://weather.example.org/"


def test_exit_closes_an_open_thread_and_expires_its_cookie(client):
    client.cookies[Cookie.REPORTER.full_name] = open_thread()
    response = client.get("/exit/")
    assert not KeyBox.objects.exists()
    assert response.cookies[Cookie.REPORTER.full_name]["max-age"] == 0


def test_exit_ends_a_login(as_user, officer):
    response = as_user(officer).get("/exit/")
    assert not Session.objects.exists()
    assert response.cookies["sessionid"]["max-age"] == 0


def test_exit_works_while_the_database_is_away(client):
    client.cookies[Cookie.REPORTER.full_name] = open_thread()

    def away(*args):
        raise DatabaseError

    with connection.execute_wrapper(away):
        response = client.get("/exit/")
    assert response.status_code == 303
    assert response.cookies[Cookie.REPORTER.full_name]["max-age"] == 0


def test_cookies_of_others_stay(client):
    client.cookies["sister"] = "theirs"
    assert not client.get("/exit/").cookies
