"""The work programme as a PDF, on the real data: every figure from the database, tagged, in four languages."""

import io
import re
from datetime import date
from decimal import Decimal

import pikepdf
import pypdf
import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from iesogi.audit.models import Entry
from iesogi.documents import rendering, services
from iesogi.documents.enums import State
from iesogi.documents.models import Document, context
from iesogi.programme import documents
from iesogi.programme.models import ActivityCount, Paragraph, WorkProgramme
from iesogi.programme.resources import sums
from iesogi.programme.snapshot import snapshot
from iesogi.programme.targets import standing
from iesogi.reference.figures import qualified
from tests.documents.tags import elements

pytestmark = pytest.mark.django_db
END = date(2023, 12, 31)
URL = "programme:pdf"


def squashed(text):
    """Without spaces and line ends: where a line breaks is the business of the layout."""
    return re.sub(r"[\s\u2010\u00ad]+", "", text)


class Made:
    """The PDF of the real programme, its text page by page, and the data it was made from."""

    def __init__(self, programme, language="en", as_of=END):
        self.edition = documents.edition(programme, as_of=as_of, language=language)
        data = context(
            title=self.edition["title"],
            snapshot=services.plain(self.edition["snapshot"]),
            sha256=services.digest(self.edition["snapshot"]),
            as_of=as_of,
            version=7,
        )
        self.html = rendering.html(documents.TEMPLATE, data, language)
        self.content = rendering.typeset(self.html).content
        self.pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(self.content)).pages]
        self.text = squashed("".join(self.pages))

    def holds(self, *cells):
        return squashed("".join(str(cell) for cell in cells)) in self.text

    def page_of(self, text):
        return next(number for number, page in enumerate(self.pages, 1) if squashed(text) in squashed(page))

    def starts(self):
        """The page of every heading, as the bookmarks of the PDF know it."""
        reader = pypdf.PdfReader(io.BytesIO(self.content))

        def walk(outline):
            for each in outline:
                if isinstance(each, list):
                    yield from walk(each)
                else:
                    yield squashed(each.title), reader.get_destination_page_number(each) + 1

        return dict(walk(reader.outline))


@pytest.fixture(scope="module")
def made(real_data, django_db_blocker):
    with django_db_blocker.unblock():
        return Made(WorkProgramme.objects.get(code="wp-2021-2023"))


@pytest.fixture
def pdf(made):
    with pikepdf.open(io.BytesIO(made.content)) as opened:
        yield opened


# --- Cover, contents, parts -----------------------------------------------------------------------


@pytest.mark.demand("WP-T")
def test_cover_names_the_programme_its_holder_its_period_and_its_edition(made):
    cover = squashed(made.pages[0])
    for words in (
        "Work programme 2021-2023",
        "Protection against violence and discrimination based on sexual orientation and gender identity",
        "Víctor Madrigal-Borloz",
        "1 January 2021 to 31 December 2023",
        "Version7",
        "31 December 2023",
        services.digest(made.edition["snapshot"]),
    ):
        assert squashed(words) in cover


@pytest.mark.demand("CT-7")
def test_cover_bears_the_imprint(made):
    assert squashed("United Nations Human Rights") in squashed(made.pages[0])
    words = "Special Procedures: Special Rapporteurs, Independent Experts and Working Groups"
    assert squashed(words) in squashed(made.pages[0])


def test_contents_give_the_page_on_which_each_heading_stands(made):
    contents = re.sub(r"\.+", ".", squashed(made.pages[1]))
    snap = made.edition["snapshot"]
    headings = [(f"{part['number']}.", part["label"]) for part in snap["parts"]]
    headings += [(each["number"], each["label"]) for part in snap["parts"] for each in part["sections"]]
    headings += [(f"Note {note['number']}", note["label"]) for note in snap["notes"]]
    headings += [(f"Annex {annex['number']}", annex["label"]) for annex in snap["annexes"]]
    assert len(headings) == 6 + 11 + 2 + 5
    starts = made.starts()
    for mark, label in headings:
        assert f"{squashed(mark + label)}.{starts[squashed(mark + label)]}" in contents, label


@pytest.mark.demand("WP-3-1", "WP-1")
def test_sections_one_to_six_hold_the_fifty_paragraphs(made):
    assert [part["number"] for part in made.edition["snapshot"]["parts"]] == ["I", "II", "III", "IV", "V", "VI"]
    numbers = [
        paragraph["number"]
        for part in made.edition["snapshot"]["parts"]
        for holder in (part, *part["sections"])
        for paragraph in holder["paragraphs"]
    ]
    assert numbers == list(range(1, 51))
    for paragraph in Paragraph.objects.exclude(body__contains="{").exclude(body__contains="[^"):
        first_words = " ".join(re.sub(r"[*_]", "", paragraph.body).split()[:8])
        assert made.holds(f"{paragraph.number}.", first_words), paragraph.number


def test_every_page_but_the_cover_says_which_page_it_is_of_how_many(made):
    whole = len(made.pages)
    assert [number for number, page in enumerate(made.pages, 1) if f"page {number} of {whole}" in page] == list(
        range(2, whole + 1)
    )


def test_footnotes_stand_on_the_page_of_their_mark(made, programme):
    for note in programme.footnotes.filter(paragraph__isnull=False).exclude(body="").select_related("paragraph"):
        words = re.sub(r"[*_]", "", note.body)[:40]
        start = made.page_of(words)
        assert squashed(f"{note.number}{words}") in squashed(made.pages[start - 1])
        numbers = [int(each) for each in re.findall(r"^(\d+)\.\s?[A-Z]", made.pages[start - 1], re.MULTILINE)]
        above = max((each for page in made.pages[2 : start - 1] for each in _numbers(page)), default=0)
        assert note.paragraph.number in {*numbers, above}, f"note {note.number} has left its paragraph"


def _numbers(page):
    return [int(each) for each in re.findall(r"^(\d+)\.\s?[A-Z]", page, re.MULTILINE)]


def test_footnote_without_a_text_says_so(made):
    assert made.holds("The note has no text in print.")


# --- Figures --------------------------------------------------------------------------------------


@pytest.mark.demand("WP-30-1", "WP-30a", "WP-30b", "WP-30c", "WP-30d", "WP-30e", "WP-30f", "WP-30g", "WP-30h")
@pytest.mark.demand("WP-30i", "WP-30j")
def test_every_product_stands_with_target_recorded_and_variance(made, programme):
    for line in standing(programme, on=END):
        target, recorded = line.target, "not shown" if line.recorded is None else line.recorded
        variance = "not shown" if line.variance is None else str(line.variance).replace("-", "−")
        printed = f"{qualified(target.quantity, target.qualifier)} {target.get_period_display()}"
        cells = [target.letter, target.label, printed, *[target.per_year] * 3, target.in_period, recorded, variance]
        assert made.holds(*cells), target.label
    assert made.holds("Sum, computed", 304, 304, 304, 912)


def test_every_activity_of_note_1_stands_with_its_figure(made, programme):
    counts = list(programme.activity_counts.all())
    assert len(counts) == 26
    for count in counts:
        assert made.holds(count.letter, count.label, qualified(count.quantity, count.qualifier)), count.label


@pytest.mark.demand("N2-a", "N2-b", "N2-a2", "N2-a4")
def test_resources_stand_assigned_against_materialised_and_unknown_stays_unknown(made, programme):
    months = sums(programme)
    assert (months.months, months.trips, months.days, months.staff_days) == (Decimal(28), 9, 55, 20)
    assert made.holds("P-3", 12, "not stated")
    assert made.holds("P-3", 6, "1.5")
    assert made.holds("GSOL", 6, "not stated")
    assert made.holds("P-4", 4, 0)
    assert made.holds("Sum, computed", 28, "at most 19.5")
    assert made.holds("Sum, computed", 9, 55, 20, 0)


@pytest.mark.demand("N2-d")
def test_contributions_keep_their_unclear_basis(made):
    assert made.holds("France", "EUR 30,000", "2019, 2020", "unclear")
    assert made.holds("Finland", "EUR 30,000", "2019, 2020", "unclear")


@pytest.mark.demand("N2-0")
def test_year_after_the_term_is_marked_as_subject_to_renewal(made):
    assert made.holds("† From 1 January 2023 on, subject to renewal of the mandate.")
    assert made.holds("2021", "2022", "2023 †")
    assert made.holds("Human Rights Council 2023 †")
    assert made.holds("everything planned for 2023 is subject to renewal and marked †")


def test_qualifiers_are_printed_in_words(made):
    for words in ("about 70", "over 1,000", "estimated 12 a year", "combined 30,000"):
        assert made.holds(words), words


def test_visits_stand_with_targets_shares_and_pipeline(made):
    assert made.holds("Country visits", 6)
    assert made.holds("Promotional visits", 18)
    assert made.holds("among 14 candidates")
    for place in ("Australia", "Germany", "Honduras", "Lebanon", "Mexico", "South Africa", "Switzerland"):
        assert made.holds(place, "State", "in the pipeline"), place


@pytest.mark.demand("WP-31")
def test_impact_is_told_as_a_contribution(made):
    assert made.holds("Impact to which the mandate has contributed")
    assert made.holds("What came about is told as a contribution, never as the work of the mandate alone.")
    assert not re.search(r"caused by the (mandate|Independent Expert)", " ".join(made.pages))


def test_annex_holds_every_contradiction_with_all_sides(made, programme):
    contradictions = list(programme.contradictions.prefetch_related("statements"))
    assert len(contradictions) == 33
    for each in contradictions:
        assert made.holds(each.number, each.topic[0].upper() + each.topic[1:]), each.number
        assert made.holds(each.note), each.number
    assert made.holds("(a) 942; (b) 941 (computed)")


def test_every_row_of_every_table_is_in_the_text(made):
    snap = made.edition["snapshot"]
    tables = [
        table
        for part in snap["parts"]
        for holder in (part, *part["sections"])
        for paragraph in holder["paragraphs"]
        for table in paragraph["tables"]
    ]
    tables += [table for part in (*snap["notes"], *snap["annexes"]) for table in part["tables"]]
    assert len(tables) > 15
    for table in tables:
        for row in (*table["rows"], table["totals"]):
            assert made.holds(*(text for text, _kind in row)), (table["caption"], row)


def test_a_figure_changed_in_the_database_is_changed_in_the_document(programme):
    ActivityCount.objects.filter(programme=programme, code="communications").update(quantity=4321)
    programme.figures.filter(code="communications_active").update(quantity=8765)
    programme.targets.filter(code="interview").update(quantity=7777)
    text = str(snapshot(programme, as_of=END))
    assert "4,321" in text
    assert "about 8,765" in text
    assert "7,777 a month" in text


def test_equal_data_give_an_equal_hash_whatever_the_day(programme):
    """After the end of the period nothing depends on the day any more, so no new edition is made daily."""
    one, other = (snapshot(programme, as_of=day) for day in (date(2026, 11, 20), date(2026, 11, 21)))
    assert services.digest(one) == services.digest(other)


def test_as_of_counts_what_was_recorded_by_that_day(programme):
    def reports_to_the_council(day):
        return next(line for line in standing(programme, on=day) if line.target.code == "hrc_report").recorded

    early, late = (str(snapshot(programme, as_of=day)["annexes"]) for day in (date(2021, 12, 31), END))
    assert reports_to_the_council(date(2021, 12, 31)) < reports_to_the_council(END)
    assert "up to 31 December 2021, that day included" in early
    assert early != late


# --- Nothing that could harm a person -------------------------------------------------------------


def test_canaries_in_working_notes_never_reach_the_snapshot(programme):
    from communications.models import Letter
    from reports.models import Report
    from visits.models import Visit

    canary = "Zaphira Quillwort"
    Letter.objects.update(outcome=canary)
    Letter.objects.update(published_on=None)
    Report.objects.update(note=canary, participation=canary)
    Visit.objects.update(note=canary, reason=canary)
    assert canary not in str(snapshot(programme, as_of=END))


@pytest.mark.demand("WP-47-5")
def test_no_victim_is_named(made):
    assert made.holds("EGY 4/2019")
    assert re.search(
        r"EGY 4/2019, issued by 8 mandate holders, on a human rights defender", " ".join(made.html.split())
    )


# --- Structure ------------------------------------------------------------------------------------


def test_pdf_is_tagged_titled_and_in_its_language(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en"
    assert str(pdf.docinfo["/Title"]) == "Work programme 2021-2023 of the mandate"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_headings_tables_and_charts_are_tagged(pdf):
    assert len(elements(pdf, "/H1")) == 1
    assert len(elements(pdf, "/H2")) == 1 + 6 + 2 + 5  # contents, sections, notes, annexes
    assert len(elements(pdf, "/H3")) == 11
    assert len(elements(pdf, "/Table")) >= 20
    assert len(elements(pdf, "/TH")) > 200
    assert sorted(str(each["/Alt"]) for each in elements(pdf, "/Figure")) == [
        "Country visits by UN regional group",
        "Products promised and recorded",
        "Research agenda by year",
        "Timeline of country visits",
        "World map of country visits",
    ]


def test_every_heading_is_a_bookmark(made):
    assert len(made.starts()) == 1 + 1 + 6 + 11 + 2 + 5


# --- Languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_other_languages_say_that_the_text_is_english(programme, language, caplog):
    made = Made(programme, language)
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in made.html
    assert '<div class="paragraph" id="paragraph-1" lang="en" dir="ltr">' in made.html
    assert "language-note" in made.html
    assert "notdef" not in caplog.text
    with pikepdf.open(io.BytesIO(made.content)) as opened:
        assert str(opened.Root.Lang) == language
        names = {
            str(each["/BaseFont"]).partition("+")[2]
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" and "/BaseFont" in each
        }
    assert {name for name in names if not name.startswith("Portal-")} == set()


def test_english_says_nothing_of_the_kind(made):
    assert "language-note" not in made.html
    assert 'lang="en" dir="ltr">' not in made.html.partition("<body>")[2]


# --- Public view ----------------------------------------------------------------------------------


def get(client, language="en", **headers):
    with translation.override(language):
        url = reverse(URL)
    return client.get(url, headers=headers)


@pytest.fixture
def small_template(monkeypatch):
    """The same view with a small template: what is tested is who makes the PDF and how often."""
    monkeypatch.setattr(documents, "TEMPLATE", "pdf/small.html")


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()
    yield
    cache.clear()


def body(response):
    return b"".join(response.streaming_content)


def test_anybody_gets_the_pdf_without_a_cookie(client, programme, small_template):
    response = get(client)
    assert body(response).startswith(b"%PDF-")
    assert response["Content-Disposition"] == 'inline; filename="work-programme-en-v1.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Language"] == "en"
    assert not response.cookies


def test_same_data_are_made_once_however_often_they_are_asked_for(client, programme, small_template):
    for _time in range(3):
        body(get(client))
    assert [(each.version, each.attempts) for each in Document.objects.all()] == [(1, 1)]
    assert Entry.objects.filter(verb="document.made").count() == 1


def test_changed_data_make_a_new_version(client, programme, small_template):
    body(get(client))
    programme.targets.filter(code="interview").update(quantity=5)
    cache.clear()  # half a minute later
    response = get(client)
    assert 'filename="work-programme-en-v2.pdf"' in response["Content-Disposition"]
    body(response)


def test_each_language_has_its_own_edition(client, programme, small_template):
    body(get(client))
    response = get(client, "fr")
    assert (response["Content-Language"], response["Content-Disposition"]) == (
        "fr",
        'inline; filename="work-programme-fr-v1.pdf"',
    )
    body(response)


def test_answer_is_remembered_for_a_moment(client, programme, small_template, django_assert_max_num_queries):
    body(get(client))
    with django_assert_max_num_queries(2):
        body(get(client))


def test_edition_that_failed_is_not_made_again_by_readers(client, programme, monkeypatch):
    monkeypatch.setattr(documents, "TEMPLATE", "pdf/broken.html")
    answers = [get(client) for _time in range(2)]
    assert [(each.status_code, each["Retry-After"], "Refresh" in each) for each in answers] == [
        (503, "3600", False)
    ] * 2
    assert "could not be made" in answers[0].content.decode()
    assert [(each.state, each.attempts) for each in Document.objects.all()] == [(State.FAILED, 1)]


def test_reader_who_has_it_already_gets_no_second_copy(client, programme, small_template):
    first = get(client)
    body(first)
    assert get(client, if_none_match=first["ETag"]).status_code == 304


def test_while_it_is_being_made_readers_get_the_edition_before(client, programme, small_template):
    body(get(client))
    programme.targets.filter(code="interview").update(quantity=5)
    _somebody_else_is_making(programme)
    cache.clear()
    response = get(client)
    assert 'filename="work-programme-en-v1.pdf"' in response["Content-Disposition"]
    body(response)


def test_first_edition_in_the_making_asks_readers_to_come_back(client, programme, small_template):
    _somebody_else_is_making(programme)
    response = get(client)
    assert (response.status_code, response["Retry-After"], response["Refresh"]) == (503, "10", "10")
    assert "The PDF is being made" in response.content.decode()
    assert Document.objects.count() == 1


def _somebody_else_is_making(programme):
    from django.utils import timezone

    document = documents.ask_for(programme, as_of=timezone.localdate(), language="en", by=None)
    assert Document.objects.claim(document.pk, now=timezone.now())


@pytest.fixture
def no_programme(programme):
    WorkProgramme.objects.all().delete()


def test_without_a_programme_there_is_no_pdf(client, no_programme):
    assert get(client).status_code == 404


def test_post_is_refused(client, programme):
    assert client.post(reverse(URL)).status_code == 405


# --- Staff and command ----------------------------------------------------------------------------


def test_officer_asks_for_an_edition_with_a_button(as_user, officer, programme):
    client = as_user(officer)
    change = reverse("admin:programme_workprogramme_change", args=[programme.pk])
    act = reverse("admin:programme_workprogramme_generate_pdf", args=[programme.pk])
    assert act in client.get(change).content.decode()
    response = client.post(act, {"language": "es", "as_of": "2022-06-30"})
    document = Document.objects.get()
    assert response.url == reverse("admin:documents_document_change", args=[document.pk])
    assert (document.language, document.as_of, document.requested_by, document.state) == (
        "es",
        date(2022, 6, 30),
        officer,
        State.QUEUED,
    )


@pytest.mark.parametrize("who", ["manager", "assistant"])
def test_button_is_not_for_everybody(as_user, request, programme, who):
    client = as_user(request.getfixturevalue(who))
    act = reverse("admin:programme_workprogramme_generate_pdf", args=[programme.pk])
    assert client.post(act, {"language": "en", "as_of": "2022-06-30"}).status_code == 403
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"language": "xx", "as_of": "2022-06-30"},
        {"language": "en", "as_of": "soon"},
        {"language": "en", "as_of": "9999-12-31"},
    ],
)
def test_nonsense_in_the_form_is_asked_again(as_user, officer, programme, data):
    act = reverse("admin:programme_workprogramme_generate_pdf", args=[programme.pk])
    assert as_user(officer).post(act, data).status_code == 200
    assert not Document.objects.exists()


def test_command_writes_the_file_and_says_so(programme, small_template, tmp_path, capsys):
    out = tmp_path / "programme.pdf"
    call_command("render_work_programme", str(out), "--as-of", "2022-06-30", "--lang", "fr")
    assert out.read_bytes().startswith(b"%PDF-")
    assert capsys.readouterr().out.startswith(f"Wrote {out}: Work programme 2021-2023, fr, data as of 2022-06-30, ")


def test_command_without_a_programme_says_what_to_do(no_programme, tmp_path):
    with pytest.raises(CommandError, match="load_work_programme"):
        call_command("render_work_programme", str(tmp_path / "x.pdf"))


def test_command_to_a_place_that_cannot_be_written_says_so(programme, small_template, tmp_path):
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        call_command("render_work_programme", str(tmp_path / "no" / "such" / "place.pdf"))


def test_snapshot_takes_a_fixed_number_of_queries(programme, django_assert_max_num_queries):
    with django_assert_max_num_queries(130):
        snapshot(programme, as_of=END)
