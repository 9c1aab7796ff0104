"""Pages on the real data: the figures a reader meets are the figures that were loaded."""

import re

import pytest

from iesogi.accounts.models import User
from tests.pages import said

pytestmark = pytest.mark.usefixtures("programme")


@pytest.mark.demand("trap-5")
def test_list_of_candidates_warns_of_three_for_2021(as_user, officer):
    assert "3 States are identified for 2021" in said(as_user(officer).get("/admin/visits/candidate/"))


def test_real_page_shows_target_balance_and_variance(client):
    text = said(client.get("/visits/"))
    for words in (
        "The work programme aims at 6 country visits, to be chosen from 14 candidates; what happens may differ.",
        "Carried out in the period: 4, of which 2 to candidates and 2 to other States.",
        "In 2018-2020, 17 promotional and advisory visits were carried out of 21 foreseen, which is 81.0 %.",
        "Cambodia Country visit 10 January 2023 to 20 January 2023 Carried out",
        "Sri Lanka Country visit – Postponed",
        "Tunisia African States Candidate, identified for 2021 Visited: 8 June 2021 to 18 June 2021.",
        "Sri Lanka Asia-Pacific States Candidate, identified for 2021 Postponed.",
    ):
        assert words in text


def test_real_feed_holds_the_visits_with_their_last_day(client):
    feed = client.get("/calendar.ics").content.decode().replace("\r\n ", "")
    event = next(part for part in feed.split("BEGIN:VEVENT") if "Country visit: Tunisia" in part)
    assert "DTSTART;VALUE=DATE:20210608" in event
    assert "DTEND;VALUE=DATE:20210619" in event


@pytest.mark.demand("WP-20")
def test_purpose_of_visits_is_told_in_three_parts(client):
    text = said(client.get("/visits/"))
    for part in ("to see the situation", "to find good practice", "what is missing between standards and life"):
        assert part in text


@pytest.mark.demand("WP-26-2")
def test_what_is_left_of_promotional_visits_stands_on_both_pages(client, as_user, officer):
    left = "Paid by Planned Carried out Agreed Left UN regular budget 6 0 0 6 Entity of the Global North 6 0 0 6"
    assert left in said(client.get("/visits/"))
    assert left in said(as_user(officer).get("/admin/visits/candidate/"))


def test_staff_see_the_pictures_of_the_public_page(client, as_user, officer):
    staff = as_user(officer)
    for title in ("World map of country visits", "Timeline of country visits"):
        shown = re.compile(rf"<svg(?:(?!</svg>).)*?{title}.*?</svg>", re.DOTALL)
        [public] = shown.findall(client.get("/visits/").content.decode())
        assert shown.findall(staff.get("/admin/visits/candidate/pictures/").content.decode()) == [public]


def test_pictures_stand_one_link_from_the_list_and_are_shut_to_who_may_not_see_it(client, as_user, officer):
    address = "/admin/visits/candidate/pictures/"
    assert f'href="{address}"' in as_user(officer).get("/admin/visits/candidate/").content.decode()
    stranger = User.objects.create(username="stranger", email="s@example.org", is_staff=True)
    assert as_user(stranger).get(address).status_code == 403
