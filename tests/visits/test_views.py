"""Public pages of visits: what happened and what was announced, never a request."""

from datetime import date

import pytest

from tests.pages import queries_of, said
from visits.enums import PUBLIC_LABELS, VisitState
from visits.models import VisitPlan

pytestmark = pytest.mark.django_db

HIDDEN = [state for state in VisitState if state not in PUBLIC_LABELS]
NONSENSE = [
    "?page=",
    "?page=-1",
    "?page=x",
    "?page=99999999999999999999",
    "?q=%27%22%25",
    "?q=" + "x" * 5000,
    "?unknown=1",
]


@pytest.mark.parametrize("address", ["/visits/", "/fr/visits/", "/es/visits/", "/ar/visits/"])
def test_page_without_visits_is_a_page_all_the_same(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_in_the_address_is_survived(client, new_visit, nonsense):
    new_visit(state="done", starts_on=date(2021, 6, 8))
    assert client.get(f"/visits/{nonsense}").status_code == 200


@pytest.mark.parametrize("address", ["?q=%00", "?page=%00"])
def test_null_bytes_are_left_out_of_a_search(client, address):
    assert client.get(f"/visits/{address}").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_reading_is_possible(client, method):
    assert getattr(client, method)("/visits/").status_code == 405


@pytest.mark.parametrize("state", HIDDEN)
def test_what_no_state_has_answered_is_not_found_and_not_listed(client, new_visit, state):
    visit = new_visit("BTN", state=state, reason="CANARY", note="CANARY", starts_on=date(2027, 1, 1))
    assert client.get(visit.get_absolute_url()).status_code == 404
    for address in ("/visits/", "/calendar.ics", "/calendar/"):
        assert "Bhutan" not in said(client.get(address))
        assert "CANARY" not in said(client.get(address))


@pytest.mark.parametrize("state", list(PUBLIC_LABELS))
def test_what_is_public_says_so_without_inner_words(client, new_visit, state):
    visit = new_visit("BTN", state=state, reason="CANARY", note="CANARY", starts_on=date(2021, 6, 8))
    for address in ("/visits/", visit.get_absolute_url()):
        text = said(client.get(address))
        assert "Bhutan" in text
        assert str(PUBLIC_LABELS[state]) in text
        assert "CANARY" not in text


def test_plans_that_staff_made_stay_inside(client, new_visit, officer):
    visit = new_visit(state="pending")
    VisitPlan.objects.create(visit=visit, planned_for="CANARY", by=officer)
    VisitPlan.objects.create(visit=visit, planned_for="late November 2020")
    text = said(client.get(visit.get_absolute_url()))
    assert ("CANARY" in text, "late November 2020" in text) == (False, True)


def test_request_made_of_a_candidate_does_not_show(client, new_visit, new_candidate):
    visit = new_visit("BTN")
    new_candidate("BTN", visit=visit)
    text = said(client.get("/visits/"))
    assert "Bhutan Asia-Pacific States Candidate Not visited" in text
    assert "Requested" not in text


def test_pages_of_ten(client, new_visit):
    for day in range(1, 12):
        new_visit(state="done", starts_on=date(2021, 6, day))
    assert [len(client.get(f"/visits/?page={page}").context["page"]) for page in (1, 2)] == [10, 1]


@pytest.mark.parametrize("address", ["/visits/99999/", "/visits/xyz/", "/visits/99999999999999999999999/"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_list_asks_as_often_with_three_rows_as_with_one(client, new_visit, new_candidate):
    def add(iso3, year):
        visit = new_visit(iso3, state="done", starts_on=date(year, 6, 8))
        new_visit(iso3, state="pending")
        new_candidate(iso3, visit=visit)

    add("ARM", 2021)
    one = queries_of(client, "/visits/")
    add("GHA", 2022)
    add("IND", 2023)
    assert (one, queries_of(client, "/visits/")) == (16, 16)
