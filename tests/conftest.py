"""The cast that every test knows by name, and the built static files that pages refer to."""

from functools import cache

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from iesogi.accounts.enums import PaidBy, Role
from iesogi.accounts.models import User
from iesogi.accounts.services import sync_roles
from iesogi.programme.models import WorkProgramme
from iesogi.reference.models import RegionTag
from tests.remembered import write_again


@pytest.fixture(scope="session", autouse=True)
def static_files():
    call_command("collectstatic", interactive=False, verbosity=0)
    # A client has a chain of middleware of its own, and in it a WhiteNoise that would list all these files anew.
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True)
def english():
    """A page asked for under /ar/ leaves its language behind in the thread; no test starts with that."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Roles are part of every installation; written once, they cost no test anything."""
    with django_db_blocker.unblock():
        sync_roles()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test that commits empties every table behind it; written here, roles cost the tests after it nothing."""
    result = yield
    if nextitem is None:  # the database is gone as well
        return result
    marker = item.get_closest_marker("django_db")
    if "transactional_db" in item.fixturenames or (marker and marker.kwargs.get("transaction")):
        with item.config.stash[blocking_manager_key].unblock():
            sync_roles()
    return result


@pytest.fixture
def roles(db):
    """The groups of all roles, in whatever order the tests ran."""
    if not Group.objects.exists():
        sync_roles()


@cache
def hashed_password():
    """Of "a long demo password". Hashing is slow by design, so it is done once."""
    return make_password("a long demo password")


def member_of_staff(role, *, paid_by=PaidBy.OHCHR):
    user = User.objects.create(
        username=role.value,
        email=f"{role.value}@example.org",
        password=hashed_password(),
        is_staff=True,
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
def consultant(roles):
    """Runs the dissemination, paid from outside OHCHR: never reaches communications."""
    return member_of_staff(Role.DISSEMINATION_CONSULTANT, paid_by=PaidBy.OUTSIDE)


@pytest.fixture
def manager(roles):
    """Reads figures and documents; changes nothing."""
    return member_of_staff(Role.MANAGER)


@pytest.fixture
def administrator(roles):
    return member_of_staff(Role.ADMINISTRATOR)


@pytest.fixture
def as_user(client):
    """`as_user(officer)` gives a client logged in as that person, who has a second factor."""

    def login(user):
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
        client.force_login(user)
        return client

    return login


@pytest.fixture
def desk(as_user, officer):
    """A client of the desk officer."""
    return as_user(officer)


@pytest.fixture(scope="module")
def real_data(django_db_setup, django_db_blocker):
    """The reference data and the work programme 2021-2023, loaded once for the tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        write_again("load_reference", "load_work_programme")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def programme(real_data, db):
    """The work programme 2021-2023 as loaded."""
    return WorkProgramme.objects.get(code="wp-2021-2023")


@pytest.fixture
def reference_data(db):
    """The real reference data, as `load_reference` leaves it: States, perspectives, sessions, mandates.

    Where an earlier test of the module asked for `programme`, it is there already.
    """
    if not RegionTag.objects.exists():
        write_again("load_reference")
