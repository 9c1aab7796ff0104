"""What a mail address can open, and who may change it."""

from allauth.account.models import EmailAddress
from django.urls import reverse

from iesogi.outbox.models import Mail

PASSWORD = "a long demo password"


def ask_for_a_new_password(client, email):
    client.post(reverse("account_reset_password"), {"email": email})


def test_nobody_reads_the_link_of_a_password_reset_in_the_outbox(client, as_user, officer, administrator):
    ask_for_a_new_password(client, administrator.email)
    mail = Mail.objects.get()
    assert mail.private
    client = as_user(officer)
    page = client.get(reverse("admin:outbox_mail_change", args=[mail.pk])).content.decode()
    assert "/password/reset/key/" not in page
    assert "Only the person it is sent to" in page


def test_mails_of_the_login_speak_in_our_own_words(client, officer):
    ask_for_a_new_password(client, officer.email)
    mail = Mail.objects.get()
    assert mail.subject == "Set a new password"
    assert "!" not in mail.text
    assert officer.username not in mail.text


def test_no_mail_goes_to_an_address_we_do_not_know(client, officer):
    ask_for_a_new_password(client, "nobody@example.org")
    assert not Mail.objects.exists()


def test_a_second_factor_can_be_set_up_after_a_new_password(client, officer):
    ask_for_a_new_password(client, officer.email)
    client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_people_do_not_change_their_own_address(as_user, officer):
    response = as_user(officer).post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert response.status_code == 403
    assert "administrator" in response.content.decode()


def test_an_address_that_was_changed_opens_nothing_more(client, as_user, officer, administrator):
    old = officer.email
    EmailAddress.objects.create(user=officer, email=old, primary=True, verified=True)
    form = {
        "username": officer.username,
        "email": "moved@example.org",
        "paid_by": officer.paid_by,
        "is_active": "on",
        "is_staff": "on",
        "groups": [officer.groups.get().pk],
    }
    response = as_user(administrator).post(reverse("admin:accounts_user_change", args=[officer.pk]), form)
    assert response.status_code == 302
    officer.refresh_from_db()
    assert officer.email == "moved@example.org"
    client.logout()
    ask_for_a_new_password(client, old)
    assert not Mail.objects.exists()
    ask_for_a_new_password(client, "moved@example.org")
    assert Mail.objects.get().to == "moved@example.org"
