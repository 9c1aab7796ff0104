"""The public agenda: readable by everybody, whatever stands in the address."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.agenda import agenda
from reports.pictures import timeline
from tests.pages import said

pytestmark = pytest.mark.django_db

NONSENSE = [
    "?page=",
    "?page=0",
    "?page=-1",
    "?page=9999999999999999999999",
    "?page=last",
    "?q=" + "x" * 5000,
    "?q=%F0%9F%8F%B3%EF%B8%8F",
    "?q=%25%5F%27%22%3B--",
    "?year=",
    "?year=abc",
    "?year=-2021",
    "?year=99999999999999999999",
    "?year=2021&year=2022",
    "?unknown=1",
]


@pytest.mark.parametrize("address", ["/reports/", "/fr/reports/", "/es/reports/", "/ar/reports/"])
def test_empty_agenda_is_a_page_all_the_same(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_in_the_address_is_survived(client, new_report, nonsense):
    new_report()
    assert client.get(f"/reports/{nonsense}").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_reading_is_possible(client, method):
    assert getattr(client, method)("/reports/").status_code == 405


@pytest.mark.parametrize(
    ("address", "status"), [("?q=%00", 200), ("?page=%00", 200), ("?year=%00", 200), ("a-%00/", 400)]
)
def test_null_bytes_are_left_out_of_a_search_and_lead_to_no_page(client, address, status):
    assert client.get(f"/reports/{address}").status_code == status


def test_words_are_kept_in_the_field(client):
    assert 'value="&lt;b&gt;data"' in client.get("/reports/?q=%3Cb%3Edata").content.decode()


def test_year_that_is_none_is_said(client):
    assert "Select a valid choice" in said(client.get("/reports/?year=1066"))


def test_list_is_filtered_by_words_and_year(client, new_report):
    new_report(title="Gathering data", year=2026)
    new_report(title="Health for all", year=2025)
    for query, shown in (("q=data", ["Gathering data"]), ("year=2025", ["Health for all"]), ("q=data&year=2025", [])):
        page = client.get(f"/reports/?{query}").context["page"]
        assert [report.title for report in page] == shown


def test_calendar_reaches_to_the_last_report_in_preparation(client, new_report, new_theme):
    new_theme(year=2025)
    new_report(year=2027, title="Housing", state="drafting")
    text = client.get("/reports/").content.decode()
    assert ">2027</th>" in text
    assert "Housing</a>" in text


def test_floating_theme_that_was_reported_waits_for_no_slot(new_report, new_theme):
    done, waits = (
        new_theme(code, label=code, forum="", year=None, floating=True, floating_reason="Later.")
        for code in ("done", "waits")
    )
    report = new_report(year=2026, state="issued", symbol="A/HRC/62/1")
    report.themes.add(done)
    found = agenda(2026, 2026)
    assert (found.floating, found.waiting) == ([done, waits], [waits])
    assert [row[0] for row in timeline(found).rows] == [report.title, "waits"]


def test_english_title_keeps_its_order_in_arabic(client, new_report):
    report = new_report(title="“The law of inclusion”: gender")
    for address in (f"/ar/reports/{report.pk}/", "/ar/reports/"):
        assert '<bdi dir="ltr">“The law of inclusion”: gender</bdi>' in client.get(address).content.decode()
    assert "<bdi" not in client.get(f"/fr/reports/{report.pk}/").content.decode().partition("</h1>")[0]


def test_pages_of_ten(client, new_report):
    for year in range(2016, 2027):
        new_report(year=year)
    assert len(client.get("/reports/").context["page"]) == 10
    assert len(client.get("/reports/?page=2").context["page"]) == 1
    assert client.get("/reports/?page=99").context["page"].number == 2


def test_pager_keeps_the_question(client, new_report):
    for year in range(2016, 2027):
        new_report(year=year)
    assert 'href="?q=theme&amp;page=2"' in client.get("/reports/?q=theme").content.decode()


@pytest.mark.parametrize("state", ["research", "drafting", "observations", "submitted"])
def test_inner_states_and_inner_words_stay_inside(client, new_report, state):
    report = new_report(state=state, note="CANARY", participation="CANARY", submitted_on="2027-03-01")
    for address in ("/reports/", report.get_absolute_url()):
        text = said(client.get(address))
        assert "In preparation" in text
        assert "CANARY" not in text
        assert report.get_state_display() not in text


def test_symbol_stands_in_the_address(client, new_report):
    report = new_report(state="issued", symbol="A/HRC/65/1", symbol_evidence="public")
    assert report.get_absolute_url() == "/reports/a-hrc-65-1/"
    body = client.get(report.get_absolute_url()).content.decode()
    assert 'href="https://undocs.org/A/HRC/65/1"' in body


def test_unconfirmed_symbol_is_said_and_not_linked(client, new_report):
    report = new_report(state="issued", symbol="A/HRC/65/1", symbol_evidence="unconfirmed")
    response = client.get(report.get_absolute_url())
    assert "A/HRC/65/1 (unconfirmed)" in said(response)
    assert "undocs.org" not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/reports/99999/",
        "/reports/a-hrc-99-99/",
        "/reports/xyz/",
        "/reports/99999999999999999999999/",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def count(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_list_asks_as_often_with_three_rows_as_with_one(client, new_report, new_theme):
    new_report(year=2025).themes.add(new_theme("one", year=2025, ref="WP-1"))
    few = count(client, "/reports/")
    for year in (2026, 2027):
        new_report(year=year, symbol=f"A/HRC/{year - 1963}/1").themes.add(new_theme(f"t{year}", year=year, ref="WP-1"))
    assert count(client, "/reports/") == few == 16


def test_detail_asks_four_times(client, new_report, new_theme):
    report = new_report()
    report.themes.add(new_theme(), new_theme("two", label="Two"))
    assert count(client, f"/reports/{report.pk}/") == 4


def test_timeline_draws_issued_planned_and_floating_with_a_table_behind(client, new_report, new_theme):
    new_report(year=2026, state="issued", symbol="A/HRC/62/1", issued_on=date(2026, 5, 4), title="Numbers")
    new_theme("next", label="Housing", forum="GA", year=2027)
    new_theme("later", label="Climate", forum="", year=None, floating=True, floating_reason="No slot yet.")
    new_theme("old", label="Old", year=2026)
    picture = client.get("/reports/").context["timeline"]
    assert picture.rows == [
        ["Numbers", "Human Rights Council 2026", "Issued on 4 May 2026"],
        ["Housing", "General Assembly 2027", "Planned"],
        ["Climate", "Floating", "No slot yet."],
    ]
    assert (picture.chart.count("<circle"), picture.chart.count("<polygon")) == (2, 1)
