"""The PDF itself: tagged for assistive technology, its own fonts only, nothing loaded from elsewhere."""

import gc
import io
import subprocess
import sys
from contextlib import suppress
from datetime import date

import pikepdf
import pypdf
import pytest
from django.conf import settings

from iesogi.documents import fonts, rendering, services
from iesogi.documents.exceptions import FontMissing, ResourceMissing, ResourceRefused
from iesogi.documents.fetcher import locate
from iesogi.documents.models import context
from iesogi.documents.pictures import kept
from tests.documents.tags import elements

PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><head><title>{title}</title>
<link rel="stylesheet" href="pdf/un.css"></head><body>{body}</body></html>"""

WORDS = {
    "en": "Promised – “recorded” … 1,312 organizations, over 6,000; € 30,000, −4, 81.0 %, † ‡ № ≤ ≥",
    "fr": "Vœux, où, à, ç, ÉTÉ, Œuvre, « guillemets », l’État, 1 312, 30 000 €",
    "es": "¿Qué? ¡Año! niñez, acción, Víctor Madrigal-Borloz, pingüino",
    "ar": "برنامج العمل ٢٠٢١–٢٠٢٣، حماية من العنف والتمييز؛ هل؟ لا إله ـــ ﷺ",
    "ru": "Программа работы: объём, Ёлка, «кавычки», щётка, ЪЫЬ",
}


def typeset(body="<h1>Heading</h1><p>Text</p>", *, lang="en", title="A title", direction="ltr"):
    return rendering.typeset(PAGE.format(lang=lang, dir=direction, title=title, body=body))


def open_pdf(made):
    return pikepdf.open(io.BytesIO(made.content))


def text_of(made):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.content)).pages)


def fonts_in(made):
    with open_pdf(made) as pdf:
        return {
            str(each["/BaseFont"]).partition("+")[2].partition("-Bold")[0].partition("-Italic")[0]
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" and "/BaseFont" in each
        }


# --- Structure ------------------------------------------------------------------------------------


def test_pdf_says_its_language_its_title_and_that_it_is_tagged():
    with open_pdf(typeset(lang="fr", title="Programme de travail")) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "Programme de travail"
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_headings_tables_and_figures_are_tagged():
    chart = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Bars by year</title></svg>'
    body = (
        "<h1>One</h1><h2>Two</h2><table><caption>Visits</caption><thead><tr><th scope=col>State</th></tr></thead>"
        f"<tbody><tr><th scope=row>Georgia</th></tr></tbody></table>{chart}"
    )
    with open_pdf(typeset(body)) as pdf:
        assert [len(elements(pdf, kind)) for kind in ("/H1", "/H2", "/Table", "/Caption", "/TH")] == [1, 1, 1, 1, 2]
        assert [str(each["/Alt"]) for each in elements(pdf, "/Figure")] == ["Bars by year"]


@pytest.mark.parametrize(
    "pictures",
    [
        None,
        {"other": kept(b"\x89PNG\r\n\x1a\n")},
        {"cover": kept(b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>')},
        {"cover": {"data": "file:///etc/passwd"}},
        {"cover": {}},
    ],
    ids=["none", "another name", "drawing", "no bytes", "nothing"],
)
def test_picture_is_pixels_of_the_snapshot_or_refused(pictures):
    page = PAGE.format(lang="en", dir="ltr", title="-", body='<img src="picture:cover" alt="x">')
    with pytest.raises(ResourceRefused):
        rendering.typeset(page, pictures)


@pytest.mark.parametrize("body", ["<p>Text</p>", '<img src="http://example.org/x.png" alt="x">'])
def test_garbage_collection_goes_on_afterwards_whatever_happens(body):
    with suppress(ResourceRefused):
        typeset(body)
    assert gc.isenabled()


def test_pages_are_counted():
    assert typeset('<p>1</p><p style="break-before: page">2</p>').pages == 2


# --- Fonts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("element", ["<p>{}</p>", "<b>{}</b>", "<i>{}</i>", "<table><caption>{}</caption></table>"])
def test_every_character_has_a_glyph_of_our_own_fonts(language, element, caplog):
    body = element.format(WORDS[language])
    made = typeset(body, lang=language, direction="rtl" if language == "ar" else "ltr")
    assert {name for name in fonts_in(made) if not name.startswith("Portal-")} == set()
    assert "notdef" not in caplog.text


def test_a_missing_glyph_would_be_seen(caplog):
    typeset("<p>\U000f1234</p>")
    assert "notdef" in caplog.text


def test_fonts_are_small_and_licensed():
    folder = settings.BASE_DIR / "static" / "fonts"
    assert sum(path.stat().st_size for path in folder.iterdir()) < 5_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text()


def test_every_font_of_the_stylesheet_is_looked_for():
    named = (settings.BASE_DIR / "static/pdf/fonts.css").read_text()
    assert [name for name in fonts.FILES if f"../fonts/{name}" not in named] == []
    assert named.count("@font-face {") == len(fonts.FILES)


def test_missing_font_is_one_sentence(monkeypatch):
    monkeypatch.setattr(fonts, "FILES", ["NotoSans-Nowhere.ttf"])
    with pytest.raises(FontMissing, match=r"font file NotoSans-Nowhere.ttf is missing; restore static/fonts"):
        typeset()


WITHOUT_PANGO = """
import cffi, django
django.setup()
def absent(self, name, flags=0):
    raise OSError(f"cannot load library '{name}': {name}: cannot open shared object file")
cffi.FFI.dlopen = absent
from iesogi.documents import checks, rendering
try:
    rendering.typeset("<p>Text</p>")
except Exception as error:
    print(error)
print(checks.check_pdf_libraries(None)[0].id)
"""


def test_missing_library_is_one_sentence():
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_PANGO], capture_output=True, text=True, cwd=settings.BASE_DIR, check=True
    )
    sentence, finding = run.stdout.strip().splitlines()
    assert sentence.startswith("The PDF could not be made because a system library is missing (cannot load library")
    assert sentence.endswith("and try again.")
    assert finding == "iesogi.E101"


# --- What a template may load ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/logo.png",
        "https://example.org/logo.png",
        "//example.org/logo.png",
        "ftp://example.org/logo.png",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "../iesogi/settings.py",
        "pdf/../../iesogi/settings.py",
        "data:image/png;base64,iVBORw0KGgo=",
        "file:///etc/passwd%00.png",
    ],
)
@pytest.mark.parametrize(
    "body", ['<img src="{}" alt="x">', '<p style="background: url({})">x</p>', '<object data="{}">']
)
def test_nothing_but_our_own_static_files_is_loaded(url, body):
    with pytest.raises(ResourceRefused, match="only this portal's own static files"):
        typeset(body.format(url))


@pytest.mark.parametrize(
    "body",
    [
        '<style>@import url("https://example.org/a.css");</style>',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<style>@font-face { font-family: x; src: url("https://example.org/x.ttf"); }</style><p>x</p>',
    ],
)
def test_style_sheets_fonts_and_attachments_are_not_loaded_from_elsewhere(body):
    with pytest.raises(ResourceRefused):
        typeset(body)


def test_link_out_of_the_static_files_is_followed_before_it_is_judged(tmp_path, settings):
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    (tmp_path / "static").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "static" / "link.png").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(ResourceRefused):
        locate((tmp_path / "static" / "link.png").as_uri())


def test_static_file_that_is_not_there_is_named():
    with pytest.raises(ResourceMissing, match=r"static file pdf/no-such.png is missing"):
        typeset('<img src="pdf/no-such.png" alt="x">')


def test_no_path_of_the_machine_is_in_the_pdf():
    made = typeset('<p><a href="https://www.ohchr.org/">OHCHR</a></p>')
    with open_pdf(made) as pdf:
        pdf.save(plain := io.BytesIO(), stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    assert str(settings.BASE_DIR).encode() not in plain.getvalue()
    assert b"file:" not in plain.getvalue()


# --- Languages ------------------------------------------------------------------------------------


def test_template_is_put_into_the_language_asked_for():
    data = context(title="T", snapshot={"text": "x"}, sha256="0", as_of=date(2022, 6, 30), version=3)
    assert '<html lang="ar" dir="rtl">' in services.html("pdf/small.html", data, "ar")
    assert "30 juin 2022" in services.html("pdf/small.html", data, "fr")
    assert "30 June 2022" in services.html("pdf/small.html", data, "en")


def test_arabic_page_runs_from_right_to_left():
    made = typeset("<p>نص</p>", lang="ar", direction="rtl")
    page = pypdf.PdfReader(io.BytesIO(made.content)).pages[0]
    places = []
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: places.append(tm[4]) if text.strip() else None)
    assert min(places) > float(page.mediabox.width) / 2


def test_html_is_what_the_pdf_is_made_of():
    data = context(title="T", snapshot={"text": "Seven words & one sign."}, sha256="0", as_of=date(2022, 6, 30))
    assert "Seven words &amp; one sign." in services.html("pdf/small.html", data, "en")
    made = rendering.make("pdf/small.html", data, "en")
    assert "Seven words & one sign." in text_of(made)
    assert services.render("pdf/small.html", data, "en")[:5] == b"%PDF-"


def test_words_of_a_drawing_are_joined_as_those_of_the_page():
    """Signs that the page shows, by their numbers in the font: torn apart or turned round they would be others."""
    words, style = "الزيارات", 'font-family="Portal Sans Arabic" font-size="12"'
    drawn = f'<svg viewBox="0 0 300 40"><text x="280" y="20" {style}>{words}</text></svg>'
    written = f'<p style="font: 12px Portal Sans Arabic">{words}</p>'
    with open_pdf(typeset(f"{written}<div>{drawn}</div>", lang="ar")) as pdf:
        lines = [
            operands[0] for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]) if str(operator) == "TJ"
        ]
        shown = [b"".join(bytes(part) for part in line if isinstance(part, pikepdf.String)) for line in lines]
    assert len(shown) - len(set(shown)) == 1
