"""The public version of a letter as PDF: made from its redacted text when it is first asked for."""

import io

import pikepdf
import pypdf
import pytest
from django.core.cache import cache

from communications.publication import services
from iesogi.documents.models import Document
from tests.communications.publication.conftest import WORDS, at, redacted, sent  # noqa: F401

pytestmark = pytest.mark.django_db
ADDRESS = "/communications/KAZ-2-2021/letter.pdf"
TEXT = "## Facts\n\nIt is alleged that A. was threatened.\n\n- What was done?\n- Who answers for it?"


@pytest.fixture
def public(redacted, officer, holder):  # noqa: F811
    row = services.redact(redacted, by=officer, **WORDS | {"text": TEXT})
    return services.confirm(row, by=holder)


def words(response):
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_pdf_says_what_the_page_says_and_is_accessible(client, public):
    response = client.get(ADDRESS)
    text = words(response)
    for said in (
        "AL KAZ 2/2021", "Alleged threats", "Kazakhstan", "Allegation letter", "1 March 2021",
        "Session 48 of the Council", "Facts", "It is alleged that A. was threatened.", "What was done?",
        "/communications/KAZ-2-2021/",
    ):  # fmt: skip
        assert said in text
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en"
        assert "KAZ 2/2021" in str(pdf.docinfo["/Title"])
    assert response["Content-Disposition"] == 'attachment; filename="KAZ-2-2021.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not Document.objects.exists()


def test_page_gives_the_text_its_headings_lists_and_lines(client, redacted, officer, holder):  # noqa: F811
    row = services.redact(redacted, by=officer, **WORDS | {"text": f"{TEXT}\n\nOne line,\nand <another>."})
    services.confirm(row, by=holder)
    content = client.get("/communications/KAZ-2-2021/").content.decode()
    assert "<h3>Facts</h3>" in content
    assert '<ol start="1"><li>What was done?</li><li>Who answers for it?</li></ol>' in content
    assert "<p>One line,<br>and &lt;another&gt;.</p>" in content
    text = words(client.get(ADDRESS))
    assert "One line, and <another>." in text
    assert "##" not in text


def test_pdf_is_linked_from_the_page_and_not_sent_twice(client, public):
    assert ADDRESS in client.get("/communications/KAZ-2-2021/").content.decode()
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/fr{ADDRESS}")["ETag"] != first["ETag"]


def test_pdf_is_not_there_before_publication_nor_without_a_redacted_text(client, redacted, new_letter):  # noqa: F811
    assert client.get(ADDRESS).status_code == 404
    new_letter(number=7, public=True)
    assert client.get("/communications/KAZ-7-2021/letter.pdf").status_code == 404


def test_pdf_is_drawn_once_for_each_language_and_not_at_every_request(client, public):
    first = client.get(ADDRESS)
    remembered = cache.get(f"letter-pdf-{first['ETag'].strip(chr(34))}")
    assert first.content == remembered == client.get(ADDRESS).content
    assert client.get(f"/fr{ADDRESS}").content != remembered


def test_other_spellings_of_the_address_lead_to_it(client, public):
    response = client.get("/communications/al-kaz-2-2021/letter.pdf")
    assert (response.status_code, response["Location"]) == (301, ADDRESS)
