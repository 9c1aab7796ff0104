from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from communications.cases.models import Case
from communications.desk import opening
from communications.desk.demo import MARK
from communications.letters import drafts
from communications.models import Letter
from dissemination.models import Engagement
from iesogi.accounts.enums import PaidBy, Role
from iesogi.accounts.models import User
from iesogi.accounts.services import DEMO_PASSWORD
from iesogi.deadlines.days import today
from iesogi.deadlines.models import Deadline
from iesogi.programme.targets import standing
from iesogi.site.demo import PASSPHRASE
from iesogi.vault import members


@pytest.fixture(autouse=True)
def cheap_keys(settings, tmp_path):
    """Vaults of a trial at the least cost there is, and its recovery halves in a folder that goes away."""
    settings.VAULT_KDF = settings.RECEIPT_KDF = (1, 8192)
    settings.VAR_DIR = tmp_path


def load():
    said = StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


def test_refuses_where_it_is_no_trial(db):
    with pytest.raises(CommandError, match="DEMO=1"):
        load()
    assert not User.objects.exists()


@pytest.mark.usefixtures("reference_data")
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


@pytest.mark.usefixtures("reference_data")
def test_twice_is_once(db, settings):
    settings.DEMO = True
    load()
    before = [model.objects.count() for model in (User, Deadline, Engagement, Case, Letter)]
    load()
    assert [model.objects.count() for model in (User, Deadline, Engagement, Case, Letter)] == before
    assert 0 not in before


@pytest.mark.usefixtures("reference_data")
def test_sample_cases_open_with_the_passphrase_that_is_printed(db, settings):
    settings.DEMO = True
    said = load()
    officer = User.objects.get(username="desk.officer")
    unlocked = members.unlock(officer, PASSPHRASE)
    reports = [opening.look(case, unlocked=unlocked).report for case in Case.objects.all()]
    assert len(reports) > 3
    assert all(MARK in report["facts"]["account"] for report in reports)
    assert all(text in said for text in [PASSPHRASE, *Case.objects.values_list("ref", flat=True)])


@pytest.mark.usefixtures("reference_data")
def test_samples_show_every_tile(db, settings):
    settings.DEMO = True
    load()
    assert Deadline.objects.overdue(on=today()).exists()
    assert Deadline.objects.due_within(7, on=today()).exists()
    assert Deadline.objects.due_within(30, on=today()).count() > Deadline.objects.due_within(7, on=today()).count()


@pytest.mark.usefixtures("programme")
def test_sample_letters_stand_at_several_stages_and_say_that_they_are_samples(settings, client):
    settings.DEMO, settings.RECOVERY_PUBLIC_KEY = True, ""  # made by the trial itself, which admits a second person
    printed = set(Letter.objects.values_list("pk", flat=True))
    load()
    made = Letter.objects.exclude(pk__in=printed)
    assert sorted(made.values_list("state", flat=True)) == [
        "clearance", "draft", "published", "replied", "replied", "sent",
    ]  # fmt: skip
    assert all(letter.matter.startswith(MARK) for letter in made)
    assert made.overdue(on=today()).get().state == "sent"
    officer = members.unlock(User.objects.get(username="desk.officer"), PASSPHRASE)
    assert MARK in drafts.latest(made.get(state="clearance"), unlocked=officer).text
    public = made.published().get()
    page = client.get(f"/communications/{public.reference_code}-{public.number}-{public.year}/").content.decode()
    assert MARK in page
    assert "Partial reply" in page


def test_samples_leave_the_figures_of_the_programme_alone(programme, settings):
    settings.DEMO = True
    before = [each.recorded for each in standing(programme, on=programme.period_end)]
    load()
    assert [each.recorded for each in standing(programme, on=programme.period_end)] == before
