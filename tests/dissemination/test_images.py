"""Booklets and images from one set of findings."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from PIL import Image
from pypdf import PdfReader

from dissemination.exceptions import StepRefused
from dissemination.images import booklets, services
from dissemination.models import Booklet, Output, Picture
from iesogi.documents import services as documents
from iesogi.documents.models import Document
from reports.models import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def findings(report):
    for kind, order, text in [
        ("finding", 1, "Laws that punish who people are still stand."),
        ("recommendation", 1, "Repeal the laws that punish who people are."),
    ]:
        Finding.objects.create(report=report, kind=kind, order=order).texts.create(language="en", text=text)
    return list(Finding.objects.of(report))


@pytest.fixture
def uploaded(officer):
    """A picture larger than a page needs, with a red middle and nothing around it."""

    def make(**fields):
        image = Image.new("RGBA", (2000, 1000), (0, 0, 0, 0))
        image.paste((255, 0, 0, 255), (500, 250, 1500, 750))
        out = BytesIO()
        image.save(out, "PNG")
        picture = Picture(title="A flag", alt="A flag over a square.", by=officer, **fields)
        services.store(picture, *services.cleaned_upload(out.getvalue())).save()
        return picture

    return make


def figures_in(reader):
    """Figures of the structure tree, for those who hear the booklet."""

    return [each for each in elements_of(reader.trailer["/Root"]["/StructTreeRoot"]) if each.get("/S") == "/Figure"]


def elements_of(element):
    if isinstance(element, dict):
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from elements_of(kid.get_object())


@pytest.fixture
def booklet(report, findings):
    return Booklet.objects.create(report=report, language="en", title="What the report says")


def image_of(picture):
    with picture.file.open("rb") as file:
        return Image.open(BytesIO(file.read()))


@pytest.mark.demand("WP-19c-5")
@pytest.mark.parametrize(("shape", "size"), [("square", (1080, 1080)), ("wide", (1200, 630))])
def test_image_is_drawn_from_a_finding_in_its_pixels(shape, size, findings, officer):
    picture = services.draw(findings[0], shape=shape, language="es", by=officer)
    image = image_of(picture)
    assert (image.format, image.size, (picture.width, picture.height)) == ("PNG", size, size)
    assert len(image.getcolors(maxcolors=1_000_000)) > 20  # words stand on it, and not a ground alone
    # There is no Spanish text, so the image and its description are English and say so.
    assert (picture.alt, picture.language) == ("Laws that punish who people are still stand.", "en")


def test_image_of_a_finding_without_words_is_refused(findings, officer):
    findings[0].texts.all().delete()
    with pytest.raises(StepRefused, match="no text yet"):
        services.draw(Finding.objects.first(), shape="square", language="en", by=officer)


def test_image_without_description_is_refused_by_the_database(officer):
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.create(title="-", alt="", file="x")


def test_upload_loses_what_the_camera_wrote():
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    suffix, content = services.cleaned_upload(out.getvalue())
    assert suffix == "jpg"
    assert b"CameraMaker" not in content
    assert Image.open(BytesIO(content)).size == (40, 30)


@pytest.mark.parametrize("content", [b"", b"no image", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_upload_that_is_no_image_is_refused(content):
    with pytest.raises(StepRefused, match="JPEG, PNG or WebP"):
        services.cleaned_upload(content)


@pytest.mark.demand("WP-19c-5")
def test_booklet_goes_from_findings_to_the_page_of_the_report(
    booklet, report, officer, holder, strategy_of, client, uploaded
):
    address = f"/reports/{report.pk}/booklet-en.pdf"
    booklet.cover = uploaded(people="nobody")
    booklet.save()
    made = booklets.make(booklet, by=officer)
    with pytest.raises(StepRefused, match="no complete strategy"):
        booklets.publish(made, by=holder)
    strategy_of(report=report)
    with pytest.raises(StepRefused, match="not ready"):
        booklets.publish(made, by=holder)
    documents.perform(made.document_id)
    with pytest.raises(StepRefused, match="You made this"):
        booklets.publish(made, by=officer)
    assert client.get(address).status_code == 404
    booklets.publish(made, by=holder)
    response = client.get(address)
    reader = PdfReader(BytesIO(b"".join(response.streaming_content)))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    for finding in Finding.objects.of(report):
        assert finding.text_in("en").text in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    (cover,) = list(reader.pages[0].images)
    assert (cover.image.size, cover.image.getpixel((9, 9))) == ((1240, 620), (255, 255, 255))
    assert cover.image.getpixel((620, 310))[0] > 200
    assert [str(each["/Alt"]) for each in figures_in(reader)] == ["A flag over a square."]
    assert Output.objects.get().kind == "booklet"
    assert address in client.get(report.get_absolute_url()).content.decode()


def test_plain_cover_is_no_figure_and_english_words_say_so(booklet, officer):
    booklet.language = "ar"
    booklet.save()
    made = booklets.make(booklet, by=officer)
    assert documents.perform(made.document_id)
    with Document.objects.get(pk=made.document_id).file.open("rb") as file:
        reader = PdfReader(BytesIO(file.read()))
    assert figures_in(reader) == []
    root = reader.trailer["/Root"]
    named = {
        each["/Lang"] for each in elements_of(root["/StructTreeRoot"]) if each.get("/S") == "/Div" and "/Lang" in each
    }
    assert (root["/Lang"], named) == ("ar", {"en"})


def test_booklet_without_findings_is_refused(report, officer):
    booklet = Booklet.objects.create(report=report, language="en", title="Empty")
    with pytest.raises(StepRefused, match="no findings"):
        booklets.make(booklet, by=officer)


def test_findings_are_public_with_the_report_only(report, findings, client):
    assert "Repeal the laws" in client.get(report.get_absolute_url()).content.decode()
    type(report).objects.update(state="drafting", symbol="", issued_on=None)
    assert "Repeal the laws" not in client.get(f"/reports/{report.pk}/").content.decode()


@pytest.mark.parametrize("step", [booklets.make, booklets.publish])
def test_cover_nobody_has_looked_at_is_refused(step, booklet, report, officer, holder, strategy_of, uploaded):
    strategy_of(report=report)
    booklet.cover = uploaded(people="nobody")
    booklet.save()
    if step == booklets.publish:
        booklets.make(booklet, by=officer)
    Picture.objects.update(people="")  # the agreement was taken back
    with pytest.raises(ValidationError, match="Nobody has checked"):
        Booklet.objects.get().clean()
    with pytest.raises(StepRefused, match="Nobody has checked who can be recognized"):
        step(booklet, by=holder)


def test_cover_is_drawn_as_an_image(booklet, officer, uploaded):
    booklet.cover = uploaded(people="nobody")
    picture = services.draw_cover(booklet, by=officer)
    image = image_of(picture)
    assert image.size == (1240, 1754)
    assert (255, 255, 255) in {colour for _count, colour in image.getcolors(maxcolors=1_000_000)}
    assert any(red > 240 and green < 20 for _count, (red, green, _blue) in image.getcolors(maxcolors=1_000_000))
    assert "What the report says" in picture.alt
