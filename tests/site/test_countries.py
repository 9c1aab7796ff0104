"""One State on a page and on a sheet: what is public, from three wings, and nothing else."""

import io
from datetime import date

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communications.models import Letter
from iesogi.documents.models import Document
from iesogi.reference.models import Country
from iesogi.site.countries import edition
from visits.models import Recommendation, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ukraine(reference_data):
    return Country.objects.get(iso3="UKR")


def recommend(country, number, **given):
    fields = {"source_kind": "visit_report", "source_symbol": "A/HRC/44/53/Add.1", "source_paragraph": str(number)}
    public = {"is_public": True, "source_public_on": date(2020, 4, 27)}
    fields |= {"text": f"Change law {number}.", **public, **given}
    return Recommendation.objects.create(country=country, **fields)


def visit(country, **given):
    return Visit.objects.create(kind="country", country=country, **given)


def text_of(client, address="/countries/ukr/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_page_holds_visits_recommendations_and_published_letters(client, ukraine):
    visit(ukraine, state="done", starts_on=date(2019, 4, 30), report_symbol="A/HRC/44/53/Add.1")
    recommend(ukraine, 75)
    Letter.objects.create(
        country=ukraine, reference_code="UKR", number=4, year=2019, public=True, published_on=date(2020, 3, 1),
        kind="AL", sent_on=date(2019, 3, 1), matter="A law on gatherings.",
    )  # fmt: skip
    text = text_of(client)
    for words in ("30 April 2019", "A/HRC/44/53/Add.1", "Change law 75.", "UKR 4/2019", "A law on gatherings."):
        assert words in text


@pytest.mark.parametrize("language", ["", "/fr", "/es", "/ar"])
def test_state_without_records_has_a_page_all_the_same(client, ukraine, language):
    assert text_of(client, f"{language}/countries/ukr/")


def test_words_and_figures_of_another_script_keep_their_order(client, ukraine):
    recommend(ukraine, 75)
    text = text_of(client, "/ar/countries/ukr/")
    assert "<bdi>Change law 75.</bdi>" in text
    assert "<dd><bdi>" in text


def test_what_is_not_public_is_on_no_page_and_no_sheet(client, ukraine):
    visit(ukraine, state="requested", place="CANARY", starts_on=date(2021, 1, 1))
    recommend(ukraine, 75, is_public=False, text="CANARY")
    Letter.objects.create(
        country=ukraine, reference_code="UKR", number=5, year=2019, public=False, kind="AL", matter="CANARY",
        sent_on=date(2019, 3, 1),
    )  # fmt: skip
    assert "CANARY" not in text_of(client)
    assert "CANARY" not in str(edition(ukraine, kind="x", as_of=date(2021, 1, 1), language="en")["snapshot"])


def test_share_implemented_leaves_out_what_nobody_assessed(client, ukraine):
    recommend(ukraine, 75)
    assert "none assessed yet" in text_of(client)


@pytest.mark.parametrize("address", ["/countries/xxx/", "/countries/x/", "/countries/zzzz/sheet.pdf"])
def test_unknown_state_is_not_found(client, reference_data, address):
    assert client.get(address).status_code == 404


def test_page_asks_as_often_with_three_rows_as_with_one(client, ukraine):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/countries/ukr/")
        return len(captured)

    visit(ukraine, state="done", starts_on=date(2019, 4, 30))
    recommend(ukraine, 75)
    one = queries()
    for number in (76, 77):
        visit(ukraine, state="done", starts_on=date(2020, 4, number - 70))
        recommend(ukraine, number)
    assert (one, queries()) == (6, 6)


def test_sheet_is_made_once_tagged_and_public(client, ukraine):
    visit(ukraine, state="done", starts_on=date(2019, 4, 30))
    first, second = (client.get("/countries/ukr/sheet.pdf") for _time in range(2))
    content = b"".join(first.streaming_content)
    b"".join(second.streaming_content)
    assert (first.status_code, second.status_code) == (200, 200)
    assert pikepdf.open(io.BytesIO(content)).Root.MarkInfo.Marked
    assert Document.objects.get().kind == "country-sheet-ukr"
