"""Staff pages: findings by an act, words of the public judged, files of a view, and secret letters kept inside."""

import pytest
import time_machine

from iesogi.accounts.enums import PaidBy, Role
from iesogi.audit.models import Entry
from tests.conftest import member_of_staff
from tests.pages import queries_of
from visits.recommendations import services
from visits.recommendations.enums import SourceKind
from visits.recommendations.models import PublicUpdate, RecommendationAction

pytestmark = pytest.mark.django_db
LIST = "/admin/visits/recommendation/"


@pytest.fixture(autouse=True)
def autumn():
    with time_machine.travel("2021-10-01T10:00:00Z", tick=False):
        yield


def test_desk_adds_a_finding_and_keeps_what_was_typed_when_it_does_not_fit(as_user, officer, new_recommendation):
    client, recommendation = as_user(officer), new_recommendation()
    address = f"{LIST}{recommendation.pk}/assess/"
    finding = {"status": "implemented", "on": "2021-09-01", "assessor": "nhri", "grade": "corroborated"}
    page = client.post(address, finding | {"on": "2021-10-02", "evidence": "Kept words"}).content.decode()
    assert "still to come" in page
    assert "Kept words" in page
    client.post(address, finding | {"evidence": "Law 12"})
    recommendation.refresh_from_db()
    assert recommendation.status == "implemented"
    assert "Law 12" in client.get(f"{LIST}{recommendation.pk}/change/").content.decode()


def test_desk_takes_up_or_lets_go_what_the_public_told(as_user, officer, new_recommendation):
    client = as_user(officer)
    taken, let_go = [services.tell(new_recommendation(), text=text) for text in ("A law changed.", "CANARY")]
    finding = {"status": "in_progress", "on": "2021-09-01", "grade": "claimed", "evidence": "A law changed."}
    client.post(f"/admin/visits/publicupdate/{taken.pk}/accept/", finding)
    client.post(f"/admin/visits/publicupdate/{let_go.pk}/decline/", {"reason": "Of another State."})
    assert sorted(PublicUpdate.objects.values_list("state", flat=True)) == ["accepted", "declined"]
    assert "CANARY" not in client.get(f"/admin/visits/publicupdate/{let_go.pk}/change/").content.decode()


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_file_of_a_view_is_taken_and_said_in_the_chain(as_user, officer, new_recommendation, form):
    new_recommendation("GHA"), new_recommendation("ARM")
    response = as_user(officer).get(f"{LIST}export/{form}/?q=ghana")
    assert response.status_code == 200
    entry = Entry.objects.get(verb="recommendations.exported")
    assert (entry.by, entry.target_label, entry.data) == (officer, form, {"rows": 1})


def test_secret_letters_are_nowhere_for_those_outside_the_fence(as_user, roles, new_recommendation):
    secret = new_recommendation(
        source_kind=SourceKind.COMMUNICATION, source_symbol="CANARY", source_public_on=None, is_public=False
    )
    action = RecommendationAction.objects.create(title="Reform")
    action.recommendations.add(secret)
    client = as_user(member_of_staff(Role.DISSEMINATION_CONSULTANT, paid_by=PaidBy.OUTSIDE))
    assert client.get(f"{LIST}{secret.pk}/change/").status_code == 302
    for address in (LIST, f"/admin/visits/recommendationaction/{action.pk}/change/"):
        response = client.get(address)
        assert (response.status_code, "CANARY" in response.content.decode()) == (200, False)


def test_list_asks_as_often_with_three_rows_as_with_one(as_user, officer, new_recommendation, found):
    client = as_user(officer)
    found(new_recommendation())
    one = queries_of(client, LIST)
    found(new_recommendation("GHA"))
    found(new_recommendation("IND"))
    assert queries_of(client, LIST) == one
