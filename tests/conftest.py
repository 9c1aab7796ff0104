"""The cast that every test knows by name, and the built static files that pages refer to."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from iesogi.accounts.enums import PaidBy, Role
from iesogi.accounts.models import User


@pytest.fixture(scope="session", autouse=True)
def static_files():
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def roles(db):
    call_command("sync_roles", verbosity=0)


def member_of_staff(role, *, paid_by=PaidBy.OHCHR):
    user = User.objects.create_user(
        username=role.value, email=f"{role.value}@example.org", password="a long demo password", is_staff=True,
        paid_by=paid_by,
    )
    user.groups.add(Group.objects.get(name=role.value))
    return user


@pytest.fixture
def officer(roles):
    """Desk officer, paid by OHCHR."""
    return member_of_staff(Role.DESK_OFFICER)


@pytest.fixture
def holder(roles):
    """The mandate holder."""
    return member_of_staff(Role.MANDATE_HOLDER)


@pytest.fixture
def assistant(roles):
    """Research assistant paid from outside OHCHR: never reaches communications."""
    return member_of_staff(Role.RESEARCH_ASSISTANT, paid_by=PaidBy.OUTSIDE)


@pytest.fixture
def manager(roles):
    """Reads figures and documents; changes nothing."""
    return member_of_staff(Role.MANAGER)


@pytest.fixture
def administrator(roles):
    return member_of_staff(Role.ADMINISTRATOR)


@pytest.fixture
def as_user(client):
    """`as_user(officer)` gives a client logged in as that person."""

    def login(user):
        client.force_login(user)
        return client

    return login
