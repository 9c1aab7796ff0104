import pytest
from django.urls import reverse

from iesogi.accounts.models import User
from iesogi.outbox.models import Mail

PASSWORD = "a long demo password"


def test_nobody_signs_up(client, db):
    newcomer = {"username": "new", "email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert client.get(reverse("account_signup")).status_code == 403
    assert client.post(reverse("account_signup"), newcomer).status_code == 403
    assert not User.objects.exists()


def test_wrong_password_and_unknown_name_look_alike(client, officer):
    answers = [
        client.post(reverse("account_login"), {"login": name, "password": "wrong password"})
        for name in (officer.username, "nobody-of-ours")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    said = [answer.context["form"].errors for answer in answers]
    assert said[0] == said[1]


def test_guessing_is_slowed_down(client, officer):
    for _attempt in range(6):
        response = client.post(reverse("account_login"), {"login": officer.username, "password": "wrong password"})
    assert response.status_code in {200, 429}
    right = client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    assert right.status_code in {200, 429}
    assert "_auth_user_id" not in client.session


def test_an_inactive_person_stays_outside(client, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_login_leads_nowhere_else(client, officer, next_page):
    response = client.post(
        reverse("account_login"), {"login": officer.username, "password": PASSWORD, "next": next_page}
    )
    assert response["Location"] == reverse("admin:index")


def test_password_reset_is_a_row_in_the_outbox_before_it_is_a_mail(client, officer, mailoutbox):
    response = client.post(reverse("account_reset_password"), {"email": officer.email})
    mail = Mail.objects.get()
    assert response.status_code == 302
    assert mail.to == officer.email
    assert "\n" not in mail.subject
    assert "/accounts/password/reset/key/" in mail.text
    assert not mailoutbox


def test_password_reset_link_changes_the_password(client, officer):
    client.post(reverse("account_reset_password"), {"email": officer.email})
    link = next(word for word in Mail.objects.get().text.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)
    new = "quite another long password"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    officer.refresh_from_db()
    assert officer.check_password(new)


def test_password_reset_never_says_whether_an_account_exists(client, officer):
    known = client.post(reverse("account_reset_password"), {"email": officer.email}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert not Mail.objects.exclude(to=officer.email).exists()


def test_session_cookie_is_closed_to_scripts_and_other_sites(client, officer):
    client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
