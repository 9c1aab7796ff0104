"""Figures and the report of a session: right, by State and date, harmless in a spreadsheet, and small cells hidden."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from communications.models import Letter, Publication, Reply
from communications.publication.windows import window_of
from communications.reporting import report, statistics
from iesogi.deadlines.days import morning_of
from iesogi.documents import rendering
from iesogi.documents.models import Document
from iesogi.reference.models import Mandate, Perspective

pytestmark = pytest.mark.django_db
PAGE = "/admin/communications/publication/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(morning_of(date(2021, 8, 10)), tick=False):
        yield


@pytest.fixture
def letters(new_letter, egypt):
    """Seven to Kazakhstan, six of them replied to after 30 days, one by an acknowledgement; two to Egypt."""
    made = []
    for number in range(1, 8):
        replied = date(2021, 3, number) + timedelta(days=30) if number < 7 else None
        made.append(
            new_letter(
                number=number,
                sent_on=date(2021, 3, number),
                state="replied" if replied else "sent",
                replied_on=replied,
                reply_class={6: "acknowledgement_only", 7: ""}.get(number, "partial"),
                joint=number == 1,
            )
        )
    urgent = {"country": egypt, "reference_code": "EGY", "kind": "UA"}
    return [*made, *(new_letter(number=number, sent_on=date(2021, 5, number), **urgent) for number in (1, 2))]


def told(tables, title):
    table = next(each for each in tables if each.title == title)
    return {row.label: row.counts for row in table.rows}


def test_figures_of_a_year(letters):
    tables = statistics.figures(statistics.letters_of(2021), whole=True).tables
    assert told(tables, "All letters") == {"All": [9, 1, 11, 6, 66, 1, 30]}
    assert told(tables, "By type")["Urgent appeal"] == [2, 0, 0, 0, 0, 0, "–"]
    assert told(tables, "By State") == {"Egypt": [2, 0, 0, 0, 0, 0, "–"], "Kazakhstan": [7, 1, 14, 6, 85, 1, 30]}
    assert told(tables, "By UN regional group")["African States"][0] == 2
    assert told(tables, "By character of the reply")["No reply"] == [3]
    assert statistics.figures(statistics.letters_of(2020), whole=True).total.sent == 0


def test_letter_with_two_themes_counts_in_both(letters):
    themes = [Perspective.objects.create(kind="topic", code=code, label=code) for code in ("law", "police")]
    letters[0].themes.set(themes)
    tables = statistics.figures(statistics.letters_of(2021), whole=True).tables
    assert {label: counts[0] for label, counts in told(tables, "By theme").items()} == {"law": 1, "police": 1}


def test_figures_take_the_same_queries_however_many_letters(letters, new_letter):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            statistics.figures(statistics.letters_of(2021), whole=True)
        return len(captured)

    few = queries()
    for number in range(20, 30):
        new_letter(number=number)
    assert queries() == few == 7


@pytest.mark.demand("WP-45-5")
def test_small_cells_are_hidden_from_who_does_not_work_on_letters(as_user, manager, letters):
    page = as_user(manager).get(f"{PAGE}figures/?year=2021")
    lines = told(page.context["tables"], "By State")
    assert lines["Egypt"][:3] == ["fewer than 5", 0, "–"]
    assert lines["Kazakhstan"][0] == "not shown"
    content = as_user(manager).get(f"{PAGE}figures.csv?year=2021").getvalue().decode()
    assert "fewer than 5" in content
    for address in ("register.csv", "register.xlsx", "report.pdf?session=48"):
        assert as_user(manager).get(PAGE + address).status_code == 403


def test_files_of_the_desk_run_no_formula(as_user, officer, letters):
    Letter.objects.filter(pk=letters[0].pk).update(matter="=1+1")
    desk = as_user(officer)
    assert "'=1+1" in desk.get(f"{PAGE}register.csv").getvalue().decode()
    sheet = load_workbook(io.BytesIO(desk.get(f"{PAGE}register.xlsx").content)).active
    assert "'=1+1" in [cell.value for row in sheet.iter_rows() for cell in row]
    book = load_workbook(io.BytesIO(desk.get(f"{PAGE}figures.xlsx").content))
    assert book.worksheets[0]["B2"].value == 9


def test_report_has_letters_by_state_and_date_with_late_replies(letters, new_letter, egypt):
    for letter in letters:
        Publication.objects.create(letter=letter, session=48, proposed_on=date(2021, 8, 1), title=f"Alleged {letter}")
    Publication.objects.filter(letter=letters[1]).update(state="held", held_reason="Asked for time.")
    earlier = new_letter(country=egypt, reference_code="EGY", number=9, year=2020, sent_on=date(2020, 12, 1))
    late = Reply.objects.create(received_on=date(2021, 6, 1), channel="email", language="ar")
    late.letters.add(earlier)

    found = report.snapshot(window_of(48))

    assert [state["name"] for state in found["states"]] == ["Egypt", "Kazakhstan"]
    references = [letter["reference"] for letter in found["states"][1]["letters"]]
    assert references == [f"AL KAZ {number}/2021" for number in (1, 3, 4, 5, 6, 7)]
    assert [cell for cell, _kind in found["late"]["rows"][0]] == [
        "Egypt", "AL EGY 9/2020", "1 December 2020", "1 June 2021", "waits to be read",
    ]  # fmt: skip
    assert dict(found["facts"])["Letters"] == "8"


def test_report_says_who_signed_also_where_this_mandate_signed_alone(letters):
    Mandate.objects.create(code="sogi", label="Independent Expert", is_ours=True)
    for letter in letters[:2]:
        Publication.objects.create(letter=letter, session=48, proposed_on=date(2021, 8, 1))
    [state] = report.snapshot(window_of(48))["states"]
    signed = [dict(letter["facts"])["Mandates that signed"] for letter in state["letters"]]
    assert signed == ["–", "Independent Expert"]  # of the joint one nobody entered who signed it


def test_report_says_in_which_language_each_text_is(letters):
    Letter.objects.filter(pk=letters[0].pk).update(language="fr")
    Publication.objects.create(letter=letters[0], session=48, proposed_on=date(2021, 8, 1), text="Texte expurgé.")
    snapshot = report.snapshot(window_of(48))
    page = rendering.html(report.TEMPLATE, snapshot | {"document": {"title": "", "version": "", "as_of": None}}, "ar")
    assert '<div lang="fr" dir="ltr">' in page


def test_report_is_made_for_the_desk_and_kept_nowhere(as_user, officer, letters):
    mandate = Mandate.objects.create(code="sogi", label="Independent Expert")
    letters[0].signatories.create(mandate=mandate, order=1)
    Publication.objects.create(letter=letters[0], session=48, proposed_on=date(2021, 8, 1))
    response = as_user(officer).get(f"{PAGE}report.pdf?session=48")
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]
    assert not Document.objects.exists()
    assert as_user(officer).get(f"{PAGE}report.pdf?session=many").status_code == 302
