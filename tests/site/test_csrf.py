"""Forms under `Referrer-Policy: no-referrer`, with the requests that browsers really send."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
FORM = {"login": "nobody", "password": "wrong"}


@pytest.fixture
def visitor():
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/")
    return client


def post(visitor, *, token=None, **headers):
    token = visitor.cookies["csrftoken"].value if token is None else token
    return visitor.post("/accounts/login/", FORM | {"csrfmiddlewaretoken": token}, headers=headers).status_code


@pytest.mark.parametrize("headers", [{"origin": "null"}, {"origin": "null", "sec-fetch-site": "same-origin"}])
def test_our_own_form_without_an_origin_passes(visitor, headers):
    assert post(visitor, **headers) == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_form_that_the_browser_says_is_not_ours_is_refused(visitor, site):
    assert post(visitor, origin="null", **{"sec-fetch-site": site}) == 403


def test_form_without_the_token_is_refused(visitor):
    assert post(visitor, token="x" * 64, origin="null") == 403


def test_origin_of_a_stranger_is_refused(visitor):
    assert post(visitor, origin="https://elsewhere.example.org") == 403
