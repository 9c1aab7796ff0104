"""Staff reach nothing but the set-up until a second factor stands, and are asked for it at every login."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.accounts.totp import code
from tests.site.markup import page_of

PASSWORD = "a long demo password"
START = "/admin/"


def log_in(client, user, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": user.username, "password": password})


def set_up(client):
    """Show the secret, answer with the first code; gives the secret and the page that follows."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    response = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    return secret, response


@pytest.mark.parametrize("by", ["username", "email"])
def test_one_logs_in_by_username_or_mail_address(client, officer, by):
    response = client.post(reverse("account_login"), {"login": getattr(officer, by), "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(officer.pk)


@pytest.mark.parametrize("path", ["/admin/", "/admin/deadlines/deadline/", "/admin/jsi18n/", "/"])
def test_without_a_second_factor_every_page_leads_to_the_set_up(client, officer, path):
    log_in(client, officer)
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_logout", "exit"])
def test_what_is_needed_to_set_up_or_leave_stays_open(client, officer, name):
    log_in(client, officer)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = client.get(reverse(name))
    assert response.status_code == (303 if name == "exit" else 200)
    assert response.headers.get("Location") != reverse("mfa_index")


def test_set_up_then_log_in_with_password_and_code(client, officer):
    log_in(client, officer)
    secret, response = set_up(client)
    assert response.status_code == 200
    assert set(officer.authenticator_set.values_list("type", flat=True)) == {
        Authenticator.Type.TOTP,
        Authenticator.Type.RECOVERY_CODES,
    }
    assert client.get(START).status_code == 200

    client.post(reverse("account_logout"))
    asked = log_in(client, officer)
    assert asked["Location"] == reverse("mfa_authenticate")
    assert client.get(START).status_code == 302  # the password alone opens nothing
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    assert "_auth_user_id" not in client.session

    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get(START).status_code == 200


def test_a_code_is_good_once(client, officer):
    log_in(client, officer)
    secret, _response = set_up(client)
    used = code(secret)
    client.post(reverse("account_logout"))
    log_in(client, officer)
    client.post(reverse("mfa_authenticate"), {"code": used})
    client.post(reverse("account_logout"))
    log_in(client, officer)
    again = client.post(reverse("mfa_authenticate"), {"code": used})
    assert again.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_the_door_once(client, officer):
    log_in(client, officer)
    set_up(client)
    codes = officer.authenticator_set.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    for expected in (302, 200):
        client.post(reverse("account_logout"))
        log_in(client, officer)
        assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == expected


def test_admin_has_no_login_of_its_own(client, officer):
    """Django's own form would let a password in without the second factor."""
    response = client.get("/admin/login/?next=/admin/")
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    posted = client.post("/admin/login/", {"username": officer.username, "password": PASSWORD})
    assert posted.status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_trial_does_without_and_says_so(client, officer, settings):
    settings.DEMO = True
    log_in(client, officer)
    response = client.get(START)
    assert response.status_code == 200
    assert b"demo-banner" in response.content


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_reset_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "account_logout",
        "account_change_password",
        "account_email",
        "account_signup",
        "account_inactive",
        "account_reset_password_done",
    ],
)
@pytest.mark.parametrize("language", ["", "/fr", "/ar"])
def test_pages_of_the_login_stand_in_our_layout(client, officer, settings, name, language):
    settings.DEMO = True
    if not name.startswith(("account_login", "account_reset", "account_signup", "account_inactive")):
        client.force_login(officer)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = client.get(language + reverse(name))
    page = page_of(response)
    assert response.status_code in {200, 403}
    assert page.inline == []
    assert page.foreign == []
    assert page.headings.count("h1") == 1
    assert len(page.all("main")) == 1
    assert len(page.ids) == len(set(page.ids))
