"""Where the sources contradict themselves, every side stands as printed (docs/acceptance.md, last table)."""

import re
from hashlib import sha256

import pytest

from iesogi.programme.models import Contradiction

# The name that the source prints in paragraph 47, word by word as SHA-256, so that not even a test repeats it.
PROTECTED = {
    "b3955cf63acbbc2f235241cd261b9759ae4698936987d07e25bc6127b2a1863d",
    "cdf543c82404c26d115d4b8371d6116f650063a0e7e248c32362ca3b30af11c0",
}

# number: (what is kept, the values of each side in order)
PRINTED = {
    1: ("both", ["942", "941"]),
    2: ("all", ["4", "3", "4"]),
    3: ("both", ["17", "18"]),
    4: ("both", ["70", "60"]),
    5: ("both", ["3", "2"]),
    6: ("both", ["2022", "2023"]),
    7: ("both", ["8", "6"]),
    8: ("both", ["2020-03-09", "2020-03-11"]),
    9: ("b as code", ["urgent action", "urgent appeal"]),
    10: ("both", ["victor_madriral", "victor_madrigal"]),
    11: ("a", ["2018-01 to 2020-12", "2018-01 to 2019-05 and rest of 2020"]),
    12: ("one record", ["stated", "stated again"]),
    13: ("both", ["18", "8"]),
    14: ("two entities", ["campaign goal", "call for written submissions"]),
    15: ("both", ["ARG, UKR", "one State unnamed"]),
    16: ("both", ["6", "14"]),
    17: ("both", ["2019-06", "2019-07-12"]),
    18: ("as plan history", ["2020-11", "2021", "2021-2023", "2020"]),
    19: ("a with note", ["5", "6"]),
    20: ("a", ["done", "still to come"]),
    21: ("both", ["promotional", "promotional and advisory"]),
    22: ("empty source", ["footnote 13 without text", "footnote 14 breaks off", "link without address"]),
    23: ("union", ["listed", "not listed"]),
    24: ("both", ["52", "58"]),
    25: ("as printed", ["court unnamed", "rulings in the plural and one described"]),
    26: ("as-of dates", ["after 2020-11-20", "before late 2020-11", "forecast to 2020-12-31"]),
    27: ("null dates", ["last 15 months", "12 years"]),
    28: ("basis unclear", ["30000", "30000"]),
    29: ("list of one", ["plural", "1"]),
    30: ("b in the workflow", ["issuance before observations", "issuance after editing"]),
    31: ("96", ["96", "96"]),
    32: ("attributed", ["quoted", "not a finding of the portal"]),
    33: ("year as inferred", ["none printed", "year"]),
}


@pytest.mark.parametrize(
    ("number", "expected"),
    [pytest.param(*each, marks=pytest.mark.demand(f"trap-{each[0]}")) for each in PRINTED.items()],
)
def test_every_side_is_kept(programme, number, expected):
    contradiction = Contradiction.objects.get(programme=programme, number=number)
    assert (contradiction.keep, [each.value for each in contradiction.statements.all()]) == expected
    assert contradiction.note


def test_page_and_annex_show_all_of_them(programme, client):
    html = client.get("/programme/").content.decode()
    for contradiction in Contradiction.objects.all():
        assert contradiction.topic in html


@pytest.mark.demand("WP-3-1", "WP-1")
def test_page_speaks_to_everyone(programme, client):
    response = client.get("/programme/")
    assert response.status_code == 200
    html = response.content.decode()
    assert "LGBT" in html.split("para-2")[0]
    assert "about 70" in html
    assert "over 15,000" in html
    assert "combined 30,000" in html


@pytest.mark.demand("WP-47-5")
def test_page_never_prints_the_name_of_the_person(programme, client):
    words = re.findall(r"\w+", client.get("/programme/").content.decode().lower())
    assert not PROTECTED & {sha256(word.encode()).hexdigest() for word in words}


def test_page_asks_at_most_85_queries(programme, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(85):
        client.get("/programme/")
