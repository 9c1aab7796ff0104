"""A PDF for the public: what a machine reads in it, and what no eye sees, is found before it goes out."""

import io
import json

import pikepdf
import pypdf
import pytest
from pikepdf import Dictionary, Name, Pdf, Stream

from iesogi.vault import cleaning, renditions
from iesogi.vault.enums import Reason
from iesogi.vault.exceptions import VaultRefused
from iesogi.vault.uploads import SealedUpload
from tests.vault import evidence

NAME = "BT /A 14 Tf 40 100 Td (Amina Nobody) Tj ET"
BOX = "0 0 0 rg 30 90 160 30 re f"
SEEN = "BT /A 14 Tf 40 40 Td (It is alleged - so far.) Tj ET"


def pdf(*pages, **extra):
    made = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for content in pages:
        page = made.add_blank_page(page_size=(300, 200))
        page.Resources = Dictionary(Font=Dictionary(A=font))
        page.Contents = Stream(made, content.encode())
        for key, value in extra.items():
            page.obj[f"/{key}"] = value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def upload(data, *, name="letter.pdf", problem=None):
    return SealedUpload(io.BytesIO(data), name, size=len(data), content_type="application/pdf", problem=problem)


def read(data):
    with cleaning.read([data], cleaning.Clock(60)) as found:
        return json.loads(b"".join(found.pieces))


@pytest.mark.parametrize(
    ("content", "extra", "unseen"),
    [
        pytest.param(f"{SEEN} {NAME}", {}, 0, id="seen"),
        pytest.param(f"{SEEN} {NAME} {BOX}", {}, 11, id="under a black box"),
        pytest.param(f"{SEEN} 1 1 1 rg {NAME}", {}, 11, id="white on white"),
        pytest.param(f"{SEEN} 3 Tr {NAME}", {}, 11, id="drawn with no ink"),
        pytest.param(f"{SEEN} {NAME.replace('40 100', '40 900')}", {}, 11, id="beside the page"),
        pytest.param(f"{BOX} 1 1 1 rg {NAME}", {}, 0, id="white on black"),
        pytest.param(f"{SEEN} {NAME} {BOX}", {"Rotate": 90}, 11, id="under a box of a turned page"),
        pytest.param(f"{SEEN} {NAME}", {"Rotate": 270}, 0, id="seen on a turned page"),
        pytest.param(SEEN + NAME, {"CropBox": pikepdf.Array([0, 0, 300, 80])}, 11, id="cut off"),
        pytest.param("0 0 50 50 re f", {}, 0, id="no words at all"),
    ],
)
def test_letters_that_nobody_sees_are_counted(content, extra, unseen):
    [page] = read(pdf(content, **extra))
    assert page["unseen"] == unseen


def test_words_of_each_page_are_read():
    texts = [page["text"].strip() for page in read(pdf(SEEN, "", NAME))]
    assert texts == ["It is alleged - so far.", "", "Amina Nobody"]


def test_rendition_is_cleaned_and_says_what_a_machine_reads():
    made = renditions.make(upload(evidence.pdf()), as_pictures=False)
    assert [text.strip() for text in made.texts] == ["Hello"]
    assert evidence.SECRET.encode() not in made.content
    assert not pypdf.PdfReader(io.BytesIO(made.content)).attachments


def test_words_under_a_box_are_refused_with_their_pages_and_gone_in_pictures():
    file = pdf(SEEN, f"{SEEN} {NAME} {BOX}")
    with pytest.raises(VaultRefused, match="on page 2, under a box"):
        renditions.make(upload(file), as_pictures=False)
    made = renditions.make(upload(file), as_pictures=True)
    assert made.texts == ["", ""]
    pages = pypdf.PdfReader(io.BytesIO(made.content)).pages
    assert [(page.mediabox.width, page.mediabox.height, len(page.images)) for page in pages] == [(300, 200, 1)] * 2


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        pytest.param(lambda: upload(b"Plain words."), "Save the redacted document as PDF", id="text"),
        pytest.param(lambda: upload(evidence.picture()), "Save the redacted document as PDF", id="picture"),
        pytest.param(lambda: upload(b"%PDF-1.7 and no more"), str(Reason.DAMAGED.label), id="damaged"),
        pytest.param(lambda: upload(b"\x00\x01\x02"), str(Reason.UNKNOWN.label), id="unknown"),
        pytest.param(lambda: upload(b"", problem="It is empty."), "It is empty.", id="empty"),
        pytest.param(lambda: upload(pdf(*[""] * 101)), str(Reason.TOO_LARGE.label), id="too many pages"),
    ],
)
def test_what_cannot_be_published_is_told_in_a_sentence(file, sentence):
    with pytest.raises(VaultRefused, match=sentence):
        renditions.make(file(), as_pictures=False)


def test_too_large_a_file_is_refused_before_it_is_taken_apart(settings):
    settings.RENDITION_BYTES = 1024**2
    with pytest.raises(VaultRefused, match="larger than 1"):
        renditions.make(upload(b"x" * (1024**2 + 1)), as_pictures=False)


def test_pdf_that_only_cleaning_could_take_apart_is_asked_of_no_other_kind():
    with cleaning.read([b"Plain words."], cleaning.Clock(60)) as found:
        assert found.reason == Reason.UNKNOWN
