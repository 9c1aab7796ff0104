"""The public tracker: what is released and nothing else, and a form that keeps no trace of who wrote."""

import csv
import io
import json

import pytest
import time_machine
from openpyxl import load_workbook

from iesogi.vault import gate
from tests.pages import queries_of, said
from visits.recommendations import views
from visits.recommendations.enums import SourceKind, Status, TagKind
from visits.recommendations.models import PublicUpdate, RecommendationAction, RecommendationTag

pytestmark = pytest.mark.django_db
PAGES = ["/recommendations/", "/recommendations/states/"]


@pytest.fixture(autouse=True)
def fresh_tries(monkeypatch):
    monkeypatch.setattr(views, "tries", views.Buckets(burst=5, per_minute=2))


def file_of(response):
    return b"".join(response.streaming_content).decode() if response.streaming else response.content


@pytest.mark.parametrize("language", ["", "/fr", "/es", "/ar"])
@pytest.mark.parametrize("page", PAGES)
def test_page_without_recommendations_is_a_page_all_the_same(client, db, language, page):
    response = client.get(language + page)
    assert response.status_code == 200
    assert not response.cookies


def test_only_what_is_released_is_anywhere(client, new_recommendation):
    hidden = new_recommendation("BTN", text="CANARY", is_public=False, source_kind=SourceKind.COMMUNICATION)
    for page in [*PAGES, "/recommendations/export.csv", "/recommendations/export.json"]:
        response = client.get(page)
        text = file_of(response)
        assert "CANARY" not in str(text)
        assert "Bhutan" not in str(text)
    for page in (hidden.get_absolute_url(), f"{hidden.get_absolute_url()}tell/", "/recommendations/states/BTN/"):
        assert client.get(page).status_code == 404


@pytest.mark.demand("WP-24-1", "WP-43-1")
def test_page_of_one_says_source_addressee_measure_and_findings(client, new_recommendation, found):
    recommendation = new_recommendation(measure="law", addressee_name="Parliament", position="noted")
    found(recommendation, Status.PARTIAL, evidence="SHOWN", evidence_is_public=True)
    found(recommendation, Status.IN_PROGRESS, evidence="CANARY")
    text = said(client.get(recommendation.get_absolute_url()))
    for words in ("Law review", "State: Parliament", "Noted", "A/HRC/44/53/Add.1", "Partially implemented", "SHOWN"):
        assert words in text
    assert "CANARY" not in text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3), ("?state=GHA", 1), ("?status=implemented", 1), ("?measure=justice", 1), ("?sdg=16", 1),
        ("?theme=police", 1), ("?q=ghana", 1), ("?q=nothing+like+it", 0), ("?status=implemented&state=GHA", 0),
    ],
)  # fmt: skip
def test_filters_narrow_list_figures_and_file_alike(client, new_recommendation, found, query, count):
    first = new_recommendation("ARM", measure="justice")
    found(first, Status.IMPLEMENTED)
    second = new_recommendation("GHA")
    second.tags.add(RecommendationTag.objects.create(kind=TagKind.SDG, code="16.3", label="Rule of law"))
    RecommendationTag.objects.create(kind=TagKind.SDG, code="16", label="Peace")
    third = new_recommendation("IND")
    third.tags.add(RecommendationTag.objects.create(kind=TagKind.THEME, label="Police"))
    response = client.get(f"/recommendations/{query}")
    assert response.context["page"].paginator.count == count
    assert response.context["progress"].total == count
    table = csv.DictReader(io.StringIO(file_of(client.get(f"/recommendations/export.csv{query}"))))
    assert len(list(table)) == count


@pytest.mark.parametrize(
    "nonsense", ["?page=x", "?page=-1", "?state=XXX", "?status=%27", "?q=" + "x" * 5000, "?sdg=99"]
)
def test_nonsense_in_the_address_is_survived(client, new_recommendation, nonsense):
    new_recommendation()
    assert client.get(f"/recommendations/{nonsense}").status_code == 200


def test_percentage_leaves_out_what_nobody_assessed(client, new_recommendation, found):
    for status in (Status.IMPLEMENTED, Status.PARTIAL, Status.NOT_STARTED):
        found(new_recommendation("GHA"), status)
    new_recommendation("GHA")
    text = said(client.get("/recommendations/states/GHA/"))
    assert "33 % of those assessed are implemented: 1 of 3." in text
    [row] = client.get("/recommendations/states/").context["states"]
    assert (row.total, row.assessed, row.implemented, row.percent) == (4, 3, 1, 33)


def test_page_of_a_state_shows_actions_that_answer_many_once(client, new_recommendation):
    action = RecommendationAction.objects.create(title="Reform of the code", is_public=True)
    action.recommendations.set([new_recommendation("GHA"), new_recommendation("GHA")])
    assert said(client.get("/recommendations/states/GHA/")).count("Reform of the code") == 1


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/recommendations/", 5), ("/recommendations/states/", 2), ("/recommendations/states/ARM/", 7)],
)
def test_pages_ask_as_often_with_three_rows_as_with_one(client, new_recommendation, found, address, queries):
    found(new_recommendation())
    one = queries_of(client, address)
    found(new_recommendation())
    found(new_recommendation("GHA"))
    assert (one, queries_of(client, address)) == (queries, queries)


def test_files_hold_the_same_rows_and_no_formula(client, new_recommendation):
    new_recommendation(text="=HYPERLINK(1)", addressee_name="@mayor")
    [row] = csv.DictReader(io.StringIO(file_of(client.get("/recommendations/export.csv")).removeprefix("\ufeff")))
    assert (row["text"], row["addressee_name"], row["state"]) == ("'=HYPERLINK(1)", "'@mayor", "ARM")
    [as_json] = json.loads(file_of(client.get("/recommendations/export.json")))["recommendations"]
    assert (as_json["text"], as_json["reference"]) == ("=HYPERLINK(1)", row["reference"])
    sheet = load_workbook(io.BytesIO(file_of(client.get("/recommendations/export.xlsx")))).active
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def test_sheet_of_too_many_rows_is_refused_with_a_way_out(client, new_recommendation, monkeypatch):
    monkeypatch.setattr(views, "SHEET_ROWS", 1)
    new_recommendation(), new_recommendation()
    response = client.get("/recommendations/export.xlsx")
    assert (response.status_code, "take the CSV or JSON file" in said(response)) == (400, True)


# What changed


def send(client, recommendation, *, after=5, **words):
    with time_machine.travel("2022-05-01T10:00:00Z", tick=False) as clock:
        since = gate.now_signed()
        clock.shift(after)
        fields = {"text": "A court struck the law down.", "since": since, "website": ""}
        return client.post(f"{recommendation.get_absolute_url()}tell/", fields | words)


def test_word_of_the_public_is_kept_without_a_trace_of_who_wrote(client, new_recommendation):
    recommendation = new_recommendation()
    page = client.get(f"{recommendation.get_absolute_url()}tell/")
    response = send(client, recommendation)
    assert (response.status_code, response["Location"]) == (302, f"{recommendation.get_absolute_url()}told/")
    assert not page.cookies
    assert not response.cookies
    kept = PublicUpdate.objects.values().get()
    assert "127.0.0.1" not in str(kept)
    assert {type(value).__name__ for value in kept.values()} <= {"int", "str", "date", "NoneType"}
    assert client.get(response["Location"]).status_code == 200


def test_form_leads_those_who_were_harmed_to_the_sealed_door(client, new_recommendation):
    address = f"{new_recommendation().get_absolute_url()}tell/"
    assert 'href="/submit/"' in client.get(address).content.decode()
    assert 'href="/ar/submit/"' in client.get(f"/ar{address}").content.decode()


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"text": ""}, "required"),
        ({"url": "javascript:alert(1)"}, "not an address on the web"),
        ({"happened_on": "2999-01-01"}, "still to come"),
        ({"website": "x"}, "A field that stays empty was filled"),
        ({"after": 0}, "faster than a person types"),
    ],
)
def test_bad_form_is_kept_and_explained(client, new_recommendation, settings, given, complaint):
    settings.FORM_MIN_SECONDS = 3
    response = send(client, new_recommendation(), organisation="A network", **given)
    assert response.status_code == 422
    assert complaint in said(response)
    assert "A network" in response.content.decode()
    assert not PublicUpdate.objects.exists()


def test_sixth_form_of_a_network_waits_with_its_words(client, new_recommendation):
    recommendation = new_recommendation()
    for number in range(5):
        assert send(client, recommendation, text=f"Word {number}").status_code == 302
    response = send(client, recommendation, text="The sixth word")
    assert (response.status_code, "The sixth word" in response.content.decode()) == (429, True)
