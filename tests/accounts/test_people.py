"""Accounts in the admin: who handles them, and what is left behind."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.urls import reverse

from iesogi.accounts.enums import PaidBy
from iesogi.accounts.models import User
from iesogi.accounts.services import has_second_factor
from iesogi.audit.models import Entry


def act_url(user):
    return reverse("admin:accounts_user_remove_second_factor", args=[user.pk])


@pytest.fixture
def locked_out(officer):
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=officer, type=kind, data={})
    return officer


def test_a_lost_second_factor_is_removed_by_another_person(as_user, administrator, locked_out):
    client = as_user(administrator)
    assert (
        act_url(locked_out) in client.get(reverse("admin:accounts_user_change", args=[locked_out.pk])).content.decode()
    )
    assert client.get(act_url(locked_out)).status_code == 200
    assert has_second_factor(locked_out)  # a look changes nothing
    assert client.post(act_url(locked_out)).status_code == 302
    assert not has_second_factor(locked_out)
    entry = Entry.objects.about(locked_out).first()
    assert (entry.verb, entry.by) == ("user.second_factor_removed", administrator)


def test_nobody_removes_their_own(as_user, administrator):
    client = as_user(administrator)
    response = client.post(act_url(administrator))
    assert response.status_code == 403
    assert "another administrator" in response.content.decode()
    assert has_second_factor(administrator)


def test_other_roles_cannot(as_user, holder, locked_out):
    assert as_user(holder).post(act_url(locked_out)).status_code == 403
    assert has_second_factor(locked_out)


def test_people_are_never_deleted(as_user, administrator, officer):
    url = reverse("admin:accounts_user_delete", args=[officer.pk])
    assert as_user(administrator).post(url, {"post": "yes"}).status_code == 403


def test_roles_are_only_looked_at(as_user, administrator, roles):
    client = as_user(administrator)
    group = administrator.groups.get()
    url = reverse("admin:auth_group_change", args=[group.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "other"}).status_code == 403


def test_an_administrator_makes_an_account_and_the_trail_says_so(as_user, administrator):
    form = {
        "username": "new.person",
        "email": "new@example.org",
        "paid_by": PaidBy.OUTSIDE,
        "is_staff": "on",
        "password1": "a quite long password",
        "password2": "a quite long password",
        "usable_password": "true",
    }
    response = as_user(administrator).post(reverse("admin:accounts_user_add"), form)
    assert response.status_code == 302
    person = User.objects.get(username="new.person")
    assert not person.is_paid_by_ohchr
    assert Entry.objects.about(person).get().verb == "user.added"


def test_two_accounts_never_share_a_mail_address(as_user, administrator, officer):
    form = {
        "username": "second",
        "email": officer.email,
        "paid_by": PaidBy.OUTSIDE,
        "password1": "a quite long password",
        "password2": "a quite long password",
        "usable_password": "true",
    }
    response = as_user(administrator).post(reverse("admin:accounts_user_add"), form)
    assert response.status_code == 200
    assert "email" in response.context["adminform"].form.errors


def test_tables_of_the_login_library_are_in_no_list(db):
    assert not {model._meta.app_label for model in admin.site._registry} & {"account", "mfa"}


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_people_takes_the_same_queries_for_any_number(
    as_user, administrator, django_assert_max_num_queries, rows
):
    for number in range(rows):
        User.objects.create_user(f"person{number}", f"person{number}@example.org", is_staff=True)
    client = as_user(administrator)
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:accounts_user_changelist"))
