from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dissemination.models import Engagement
from iesogi.accounts.enums import PaidBy, Role
from iesogi.accounts.models import User
from iesogi.accounts.services import DEMO_PASSWORD
from iesogi.deadlines.days import today
from iesogi.deadlines.models import Deadline
from iesogi.programme.targets import standing


def load():
    said = StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


def test_refuses_where_it_is_no_trial(db):
    with pytest.raises(CommandError, match="DEMO=1"):
        load()
    assert not User.objects.exists()


def test_one_person_for_each_role_may_log_in(db, settings, client):
    settings.DEMO = True
    said = load()
    people = User.objects.prefetch_related("groups")
    assert sorted(group.name for user in people for group in user.groups.all()) == sorted(Role.values)
    assert {user.paid_by for user in people} == set(PaidBy.values)
    assert all(user.is_staff and not user.is_superuser and user.username in said for user in people)
    assert DEMO_PASSWORD in said
    response = client.post("/accounts/login/", {"login": people[0].username, "password": DEMO_PASSWORD})
    assert response.status_code == 302


def test_twice_is_once(db, settings):
    settings.DEMO = True
    load()
    before = User.objects.count(), Deadline.objects.count(), Engagement.objects.count()
    load()
    assert (User.objects.count(), Deadline.objects.count(), Engagement.objects.count()) == before
    assert 0 not in before


def test_samples_show_every_tile(db, settings):
    settings.DEMO = True
    load()
    assert Deadline.objects.overdue(on=today()).exists()
    assert Deadline.objects.due_within(7, on=today()).exists()
    assert Deadline.objects.due_within(30, on=today()).count() > Deadline.objects.due_within(7, on=today()).count()


def test_samples_leave_the_figures_of_the_programme_alone(programme, settings):
    settings.DEMO = True
    before = [each.recorded for each in standing(programme, on=programme.period_end)]
    load()
    assert [each.recorded for each in standing(programme, on=programme.period_end)] == before
