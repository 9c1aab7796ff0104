"""Pages of calls for everybody: texts in the reader's language, feeds, the Word form, printed figures."""

import io
import re
import zipfile

import docx
import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from reports.calls.figures import printed
from reports.calls.models import Call
from reports.calls.word_form import MOST_UNPACKED
from reports.contributions.models import Contribution
from tests.reports.calls.conftest import opened
from tests.site.markup import page_of


@pytest.mark.parametrize(
    ("language", "title", "question"),
    [
        ("en", "Laws and their change", "What has changed?"),
        ("fr", "Les lois et leur évolution", "Qu’est-ce qui a changé ?"),
        ("ar", "Laws and their change", "What has changed?"),
    ],
)
@pytest.mark.parametrize("name", ["calls:detail", "calls:contribute"])
def test_page_stands_in_the_language_with_its_zone_and_the_way_to_complain(
    client, clock, call, channels, language, title, question, name
):
    with translation.override(language):
        response = client.get(reverse(name, args=[call.code]))
        submit = reverse("intake:submit")
    page = page_of(response)
    text = response.content.decode()
    assert (title in text, question in text, "10:30" in text, "UTC+2" in text) == (True, True, True, True)
    assert submit in page.links
    assert not response.cookies
    assert (page.inline, page.foreign, page.all("script")) == ([], [], [])
    assert len(page.ids) == len(set(page.ids))


def test_feeds_name_the_call_and_its_closing_day(client, call):
    atom = client.get("/calls/feed.atom").content.decode()
    assert "Laws and their change" in atom
    assert "28 June 2021, 10:30 (Zurich time, UTC+2)" in atom
    events = icalendar.Calendar.from_ical(client.get("/calls/calendar.ics").content).walk("VEVENT")
    assert [event.decoded("dtstart").isoformat() for event in events] == ["2021-06-28"]


def test_draft_is_nowhere_public(client, draft_call):
    assert client.get("/calls/laws-2021/").status_code == 404
    assert "laws-2021" not in client.get("/calls/").content.decode()
    assert client.get("/calls/laws-2021/contribute/").status_code == 404


# --- The Word form --------------------------------------------------------------------------------


@pytest.fixture
def form(client, call):
    return docx.Document(io.BytesIO(client.get("/calls/laws-2021/form.docx").content))


def upload(client, document, name="form.docx"):
    target = io.BytesIO()
    document.save(target)
    return client.post("/calls/laws-2021/form/", {"form": SimpleUploadedFile(name, target.getvalue())})


def test_word_form_comes_back_into_the_page_and_is_sent_from_there(sender, client, form):
    name, _cosigners, first, second, _files = form.tables
    name.cell(1, 0).text = "Equality Network"
    first.cell(1, 0).paragraphs[0].text = "Three laws"
    first.cell(1, 0).add_paragraph("and one more.")
    second.cell(1, 0).text = "[  ] Yes\n[x] No"
    sender._came(upload(client, form))
    assert "1 answer" not in sender.text
    assert "2 answers" in sender.text
    assert not Contribution.objects.exists()
    sender.send(category="cso", publication="public")
    row = Contribution.objects.get()
    assert (row.name, row.came) == ("Equality Network", "word")
    assert [each.text for each in row.answers.all()] == ["Three laws\nand one more.", "No"]


def test_word_form_asks_for_files_beside_it_and_the_page_takes_them_at_their_question(sender, client, form, amal):
    first, asks = form.tables[2], form.tables[4]
    assert len(asks.rows) == 1
    assert asks.cell(0, 0).text.startswith("3. Documents\nFiles cannot be put into this document.")
    first.cell(1, 0).text = "Three laws"
    asks.cell(0, 0).add_paragraph("law.pdf [laws-2021/3]")
    sender._came(upload(client, form))
    assert "3. Documents" in sender.text
    sender.send(category="cso", q3=SimpleUploadedFile("law.txt", b"A law."))
    found = opened(amal, Contribution.objects.get())
    assert found["report"][0]["answers"] == {"1": "Three laws"}
    assert [(about["name"], about["description"]) for about in found["file-about"]] == [("law.txt", "3. Documents")]


def test_document_that_is_not_the_form_is_told(client, clock, channels, call):
    other = docx.Document()
    other.add_paragraph("Dear experts, …")
    assert "not the form of this call" in upload(client, other, "letter.docx").content.decode()
    other.add_table(2, 1).cell(0, 0).text = "1. Something [another-call/1]"
    assert "the form of another call" in upload(client, other).content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"%PDF-1.4 x", "not a Word document"), (b"PK\x03\x04" + bytes(90), "not a Word document"), (b"", "is empty")],
    ids=["pdf", "broken", "empty"],
)
def test_other_files_are_no_form_either(client, clock, channels, call, data, sentence):
    response = client.post("/calls/laws-2021/form/", {"form": SimpleUploadedFile("form.docx", data)})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "No file was chosen" in client.post("/calls/laws-2021/form/").content.decode()


def remade(content, *, words=lambda body: body, flag=0):
    """The form with other words in its body; `flag` is that of an archive with a password."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, words(body) if name == "word/document.xml" else body)
    made = bytearray(target.getvalue())
    for head, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(head), bytes(made)):
            made[found.start() + place] |= flag
    return bytes(made)


def spoilt(content, name):
    """What is packed under this name begins with a byte that nothing packed begins with."""
    start = content.index(name) + len(name)
    return content[:start] + b"\xff" + content[start + 1 :]


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda made: spoilt(made, b"[Content_Types].xml"), "not a Word document"),
        (lambda made: remade(made, flag=1), "not a Word document"),
        (lambda made: remade(made, words=lambda body: b"<other/>"), "not a Word document"),
        (lambda made: remade(made, words=lambda body: body[:500]), "not a Word document"),
        (lambda made: remade(made, words=lambda body: body + b" " * MOST_UNPACKED), "unpacks to more"),
    ],
    ids=["spoilt", "password", "without a body", "cut", "bomb"],
)
def test_form_that_was_damaged_on_its_way_is_told_and_no_error(client, clock, channels, call, damage, sentence):
    made = client.get("/calls/laws-2021/form.docx").content
    response = client.post("/calls/laws-2021/form/", {"form": SimpleUploadedFile("form.docx", damage(made))})
    assert response.status_code == 422
    assert sentence in response.content.decode()


# --- Printed figures ------------------------------------------------------------------------------


@pytest.mark.demand("WP-39-1", "WP-39-2")
def test_conversion_therapy_call_stands_as_printed(programme, client):
    found = printed(Call.objects.get(code="conversion-therapy"))
    assert [figure for _label, figure, _ref in found.parts] == ["33", "94"]
    assert found.computed == 127
    assert "127" in client.get("/calls/conversion-therapy/").content.decode()


@pytest.mark.demand("WP-45-4")
def test_covid_call_stands_as_printed(programme):
    found = printed(Call.objects.get(code="covid-19"))
    assert ([figure for _label, figure, _ref in found.parts], found.computed) == (["86"], None)
    assert Call.objects.get(code="covid-19").report.symbol == "A/75/258"
