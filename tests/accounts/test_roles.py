"""Roles are one table; the database follows it."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from iesogi.accounts.enums import PaidBy, Role
from iesogi.accounts.models import User
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.accounts.roles import PERMISSIONS


def test_every_role_has_its_row():
    assert set(PERMISSIONS) == set(Role)


def test_sync_roles_says_what_it_did_and_twice_is_once(db):
    said = StringIO()
    call_command("sync_roles", stdout=said)
    before = {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}
    call_command("sync_roles", stdout=StringIO())
    after = {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}
    assert set(before) == set(Role.values)
    assert before == after
    assert all(role in said.getvalue() for role in Role.values)


def test_sync_roles_takes_back_what_the_table_does_not_say(roles):
    group = Group.objects.get(name=Role.MANAGER)
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    call_command("sync_roles", verbosity=0)
    assert not group.permissions.filter(codename="delete_user").exists()


def test_a_manager_changes_nothing(manager):
    assert not [name for name in manager.get_all_permissions() if not name.split(".")[1].startswith("view_")]


def test_only_administrators_handle_people(officer, holder, manager, administrator):
    assert administrator.has_perm("accounts.change_user")
    assert not any(person.has_perm("accounts.view_user") for person in (officer, holder, manager))


def test_nobody_is_given_what_the_trail_or_its_head_keeps(db):
    actions = [(label, action) for table in PERMISSIONS.values() for label, acts in table.items() for action in acts]
    assert not [each for each in actions if each[0].startswith("audit.") and each[1] != "view"]


@pytest.mark.demand("WP-27-4")
@pytest.mark.parametrize("paid_by", PaidBy)
def test_funding_decides_on_letters_whatever_the_role(roles, as_user, paid_by):
    """Who is not paid by OHCHR gets 403 with the reason, the most powerful role included."""
    user = User.objects.create_user("boss", "boss@example.org", "a long demo password", is_staff=True, paid_by=paid_by)
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    client = as_user(user)
    decision = may_work_on_communications(user)
    assert bool(decision) == (paid_by == PaidBy.OHCHR)
    for name in ("admin:communications_letter_changelist", "admin:communications_letter_add"):
        response = client.get(reverse(name))
        assert response.status_code == (200 if decision else 403)
        assert decision or decision.reason in response.content.decode()
