from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iesogi.vault import intake, members, receipts, sessions
from iesogi.vault.enums import VaultState
from iesogi.vault.models import KeyBox, Vault
from tests.vault.conftest import submit

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MINUTE = timedelta(minutes=1)


def staff(cookie, unlocked, *, login="login-1", now=NOW):
    return sessions.staff(cookie, user=unlocked.user, login_session=login, now=now)


@pytest.fixture
def cookie(amal):
    return sessions.start_staff(amal, login_session="login-1", now=NOW)


def test_cookie_opens_the_vault_again(amal, cookie):
    assert staff(cookie, amal) == amal


def test_row_alone_opens_nothing(amal, cookie):
    row = KeyBox.objects.get()
    assert cookie not in row.id
    assert amal.private not in row.box
    assert staff(row.id, amal) is None


def test_logout_or_new_password_ends_it(amal, cookie):
    assert staff(cookie, amal, login="login-2") is None


def test_cookie_of_one_person_opens_nothing_for_another(cookie, custodian):
    assert staff(cookie, custodian) is None


def test_each_unlock_has_a_new_secret(amal, cookie):
    assert sessions.start_staff(amal, login_session="login-1", now=NOW) != cookie


def test_idle_session_ends(amal, cookie):
    assert staff(cookie, amal, now=NOW + 9 * MINUTE)
    assert staff(cookie, amal, now=NOW + 18 * MINUTE)
    assert staff(cookie, amal, now=NOW + 28 * MINUTE) is None


def test_session_ends_after_two_hours_however_busy(amal, cookie):
    alive = [bool(staff(cookie, amal, now=NOW + minutes * MINUTE)) for minutes in range(5, 126, 5)]
    assert alive == [True] * 23 + [False] * 2


def test_busy_page_writes_once(amal, cookie, django_assert_num_queries):
    later = NOW + MINUTE
    with django_assert_num_queries(3):  # box, prolonged, vault
        staff(cookie, amal, now=later)
    with django_assert_num_queries(2):
        staff(cookie, amal, now=later)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_other_cookie_opens_nothing(amal, cookie, text):
    assert staff(text, amal) is None
    assert sessions.reporter(text, now=NOW) is None
    sessions.end(text)


def test_changed_box_opens_nothing(amal, cookie):
    KeyBox.objects.update(box=b"x" * 100)
    assert staff(cookie, amal) is None


def test_closed_vault_ends_it(amal, cookie):
    Vault.objects.filter(pk=amal.vault_id).update(state=VaultState.LOST)
    assert staff(cookie, amal) is None


def test_lock_ends_this_one_only(amal, cookie):
    other = sessions.start_staff(amal, login_session="login-1", now=NOW)
    sessions.end(cookie)
    assert staff(cookie, amal) is None
    assert staff(other, amal)


def test_taking_a_role_away_ends_all_of_a_person(amal, custodian, cookie):
    kept = sessions.start_staff(custodian, login_session="login-1", now=NOW)
    assert sessions.end_all(amal.user) == 1
    assert staff(cookie, amal) is None
    assert staff(kept, custodian)


def test_sweep_takes_the_dead_only(amal, cookie):
    sessions.start_staff(amal, login_session="old", now=NOW - 11 * MINUTE)
    assert sessions.sweep(now=NOW) == 1
    assert KeyBox.objects.count() == 1


def test_reporter_comes_back_without_the_number(channels):
    number = receipts.new_number()
    submit(number=number)
    thread = intake.open_by_number(number)
    cookie = sessions.start_reporter(thread, now=NOW)
    assert sessions.reporter(cookie, now=NOW + 19 * MINUTE) == thread
    assert sessions.reporter(cookie, now=NOW + 60 * MINUTE) is None


def test_box_of_a_reporter_names_no_case(channels):
    number = receipts.new_number()
    sent = submit(number=number)
    sessions.start_reporter(intake.open_by_number(number), now=NOW)
    row = KeyBox.objects.get()
    assert row.user is None
    assert sent.content.bytes not in row.box


def test_cookie_of_a_reporter_opens_no_vault(channels, amal, cookie):
    number = receipts.new_number()
    submit(number=number)
    theirs = sessions.start_reporter(intake.open_by_number(number), now=NOW)
    assert staff(theirs, amal) is None
    assert sessions.reporter(cookie, now=NOW) is None


def test_unlock_to_cookie_to_case(amal, case, cookie):
    again = staff(cookie, amal)
    assert members.open_compartment(again, case.content).private
