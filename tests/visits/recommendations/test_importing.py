"""Files are judged row by row and taken in whole or not at all; those of the Universal Human Rights Index too."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from iesogi.audit.models import Entry
from iesogi.reference.models import Country
from visits.exceptions import StepRefused
from visits.models import Visit
from visits.recommendations.columns import COLUMNS
from visits.recommendations.enums import SourceKind, Status
from visits.recommendations.exports import as_csv, rows
from visits.recommendations.importing import FileRefused, judge, read, take_in
from visits.recommendations.models import Recommendation, RecommendationImport, RecommendationTag

pytestmark = pytest.mark.django_db
ROW = {"text": "Repeal it.", "source_kind": "visit_report", "source_symbol": "A/HRC/41/45/Add.1", "state": "GEO"}


def table(*given, delimiter=","):
    """A CSV file of these rows, under the columns that any of them has."""
    columns = [name for name in COLUMNS if any(name in row for row in given)]
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(given)
    return file.getvalue().encode("utf-8-sig")


def sheet(*lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def taken(content, officer, **given):
    return take_in(judge(read(content)), by=officer, name="file.csv", **given)


def complaints(content):
    return [(each.row, each.column, each.sentence) for each in judge(read(content)).complaints]


def visit_to(iso3):
    state = Country.objects.get(iso3=iso3)
    return Visit.objects.create(kind="country", country=state, report_symbol=ROW["source_symbol"])


def test_row_that_names_the_report_on_another_state_is_refused(reference_data):
    visit_to("ARM")
    [(row, column, sentence)] = complaints(table(ROW))
    assert (row, column) == (2, "source_symbol")
    assert "The visit was to Armenia, and the recommendation names another State" in sentence


def test_known_row_moved_to_another_state_is_refused(reference_data, officer):
    visit_to("GEO")
    taken(table(ROW), officer)
    assert complaints(table(ROW | {"state": "ARM"}))[0][1] == "source_symbol"
    with pytest.raises(StepRefused):
        taken(table(ROW | {"state": "ARM"}), officer)


def test_file_becomes_rows_with_tags_visit_and_one_entry(reference_data, officer):
    visit = visit_to("GEO")
    row = ROW | {
        "source_paragraph": "82",
        "themes": "Police; Courts",
        "sdgs": "16.3; SDG 5",
        "issued_on": "15/05/2019",
    }
    outcome = taken(table(row, ROW | {"source_paragraph": "83", "state": "Géorgie"}), officer)
    first, second = Recommendation.objects.order_by("pk")
    assert (outcome["new"], first.reference, first.visit) == (2, "A/HRC/41/45/Add.1, para. 82", visit)
    assert (first.issued_on, first.country.iso3, second.country.iso3) == (date(2019, 5, 15), "GEO", "GEO")
    assert sorted(str(tag.code) for tag in first.tags.all()) == ["16.3", "5", "courts", "police"]
    assert list(Recommendation.objects.matching("georgia repeal").order_by("pk")) == [first, second]
    assert Entry.objects.get(verb="recommendations.imported").data["new"] == 2


def test_second_time_nothing_is_new_and_what_differs_is_changed(reference_data, officer):
    taken(table(ROW | {"themes": "Police"}), officer)
    again = judge(read(table(ROW | {"themes": "Police"})))
    assert (len(again.new), len(again.changed), again.same) == (0, 0, 1)
    outcome = taken(table(ROW | {"text": "Repeal it now.", "themes": "Courts"}), officer)
    recommendation = Recommendation.objects.get()
    assert (outcome["changed"], recommendation.text) == (1, "Repeal it now.")
    assert [tag.label for tag in recommendation.tags.all()] == ["Courts"]
    assert Recommendation.objects.matching("now").exists()


def test_what_an_import_changes_keeps_findings_and_what_was_released(new_recommendation, found, officer):
    recommendation = new_recommendation()
    found(recommendation, Status.PARTIAL)
    given = {"reference": recommendation.reference, "text": "Other words.", "source_kind": "visit_report"}
    taken(table(given | {"source_symbol": recommendation.source_symbol}), officer)
    recommendation.refresh_from_db()
    assert (recommendation.text, recommendation.status, recommendation.is_public) == (
        "Other words.",
        "partially_implemented",
        True,
    )


def test_export_read_in_again_changes_nothing(new_recommendation, officer, found):
    recommendation = new_recommendation(text="=1+1", addressee_name="-Court", measure="law", specificity=3)
    recommendation.tags.add(RecommendationTag.objects.create(kind="sdg", code="16.3", label="Rule of law"))
    found(recommendation)
    file = "".join(as_csv(rows(Recommendation.objects.all(), all_evidence=True))).encode()
    judged = judge(read(file))
    assert (judged.complaints, judged.new, judged.changed, judged.same) == ([], [], [], 1)


@pytest.mark.parametrize(
    ("given", "column", "words"),
    [
        ({"text": ""}, "text", "cannot be blank"),
        ({"source_kind": "rumour"}, "source_kind", "is none of: visit_report"),
        ({"state": "Atlantis"}, "state", "“Atlantis” is no State"),
        ({"state": "GEO; ARM"}, "state", "one row for each"),
        ({"issued_on": "spring"}, "issued_on", "is no date"),
        ({"sdgs": "18"}, "sdgs", "from 1 to 17"),
        ({"specificity": "9"}, "specificity", "not from 1 to 5"),
        ({"source_symbol": "x" * 61}, "source_symbol", "at most 60"),
    ],
)
def test_bad_row_is_named_with_its_column_and_nothing_is_written(reference_data, officer, given, column, words):
    content = table(ROW, ROW | {"source_paragraph": "9"} | given)
    [(row, where, sentence)] = complaints(content)
    assert (row, where) == (3, column)
    assert words in sentence
    with pytest.raises(StepRefused, match="nothing was taken in"):
        taken(content, officer)
    assert not Recommendation.objects.exists()


def test_everything_that_is_wrong_with_a_row_is_said_at_once(reference_data):
    wrong = {"text": "", "state": "Atlantis", "measure": "laws", "due_on": "31.02.2021", "specificity": "9"}
    assert {column for _row, column, _sentence in complaints(table(ROW | wrong))} == set(wrong)


def test_same_reference_twice_in_a_file_is_refused(reference_data):
    assert complaints(table(ROW, ROW))[0][:2] == (3, "reference")


def test_row_the_database_refuses_takes_the_whole_file_back(reference_data, officer, monkeypatch):
    judged = judge(read(table(ROW, ROW | {"source_paragraph": "2"})))
    judged.new[1][0].specificity = 9
    with pytest.raises(Exception, match="specificity"):
        take_in(judged, by=officer, name="file.csv")
    assert not Recommendation.objects.exists()
    assert not RecommendationTag.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "columns, and these are missing"),
        (b"a,b\n1,2\n", "these are missing: source_kind, source_symbol, text"),
        ("text;x\né".encode("latin-1"), "not written in UTF-8"),
        (b"PK\x03\x04 no sheet", "cannot be opened"),
        (b"\x00\x01\x02", "neither a CSV nor an XLSX"),
    ],
)
def test_file_that_is_no_table_says_so(content, words):
    with pytest.raises(FileRefused, match=words):
        read(content)


@pytest.mark.parametrize("name", [b"[Content_Types].xml", b"xl/workbook.xml", b"xl/worksheets/sheet1.xml"])
def test_sheet_that_was_damaged_on_its_way_says_so(name):
    content = sheet(list(ROW), list(ROW.values()))
    start = content.index(name) + len(name)
    with pytest.raises(FileRefused, match="cannot be opened"):
        read(content[:start] + b"\xff" + content[start + 1 :])


def test_file_with_too_many_rows_is_refused(settings):
    settings.IMPORT_ROWS = 1
    with pytest.raises(FileRefused, match="more than 1 rows"):
        read(table(ROW, ROW))


def test_semicolons_and_sheets_are_read_alike(reference_data):
    lines = [list(ROW), list(ROW.values())]
    assert read(table(ROW, delimiter=";")).lines == read(sheet(*lines)).lines


# The Universal Human Rights Index

UHRI = ["Text", "Countries Concerned", "Reccomending Body", "Document Symbol", "Themes", "Affected Persons", "Sdgs",
        "Document Publication Date", "OHCHR Annotation Id"]  # fmt: skip
IE_SOGI = "- IE on sexual orientation and gender identity"


def theirs(**given):
    row = {
        "Text": "75. The State should amend the law.",
        "Countries Concerned": "- Ukraine",
        "Reccomending Body": IE_SOGI,
        "Document Symbol": "A/HRC/44/53/Add.1",
        "Themes": "- Equality & non-discrimination\n- Administration of justice",
        "Affected Persons": "- LGBTI",
        "Sdgs": "- 10 - REDUCED INEQUALITIES\n- 16 - PEACE, JUSTICE AND STRONG INSTITUTIONS",
        "Document Publication Date": 43948,
        "OHCHR Annotation Id": "abc-1",
    }
    return list((row | given).values())


def test_export_of_the_index_is_read_with_its_own_columns(reference_data, officer):
    other = theirs(**{"Reccomending Body": "- CEDAW", "OHCHR Annotation Id": "abc-2"})
    outcome = taken(sheet(UHRI, theirs(), other), officer, show=True)
    recommendation = Recommendation.objects.get()
    assert (outcome["new"], outcome["passed_over"], recommendation.reference) == (1, 1, "UHRI abc-1")
    assert (recommendation.source_kind, recommendation.source_paragraph) == (SourceKind.VISIT_REPORT, "75")
    assert (recommendation.country.iso3, recommendation.issued_on) == ("UKR", date(2020, 4, 27))
    assert recommendation.is_public
    labels = [tag.label for tag in recommendation.tags.order_by("kind", "code")]
    assert labels[:3] == ["LGBTI", "REDUCED INEQUALITIES", "PEACE, JUSTICE AND STRONG INSTITUTIONS"]
    assert labels[3:] == ["Administration of justice", "Equality & non-discrimination"]


# On the pages of staff and from the shell

LOOK = "/admin/visits/recommendationimport/look/"


def upload(client, content, name="file.csv"):
    return client.post(LOOK, {"file": SimpleUploadedFile(name, content)})


def test_file_is_looked_at_first_and_then_taken_in(as_user, officer, reference_data):
    client = as_user(officer)
    response = upload(client, table(ROW | {"source_public_on": "2019-05-15"}))
    file = RecommendationImport.objects.get()
    assert response["Location"] == f"/admin/visits/recommendationimport/{file.pk}/change/"
    assert "1 new, 0 changed" in client.get(response["Location"]).content.decode()
    assert not Recommendation.objects.exists()
    client.post(f"/admin/visits/recommendationimport/{file.pk}/take-in/", {"show": "on"})
    file.refresh_from_db()
    assert (Recommendation.objects.public().count(), bytes(file.content), bool(file.done_at)) == (1, b"", True)


def test_file_with_a_bad_row_cannot_be_taken_in_and_says_why(as_user, officer, reference_data):
    client = as_user(officer)
    page = client.get(upload(client, table(ROW | {"state": "Atlantis"}))["Location"]).content.decode()
    assert "row 2, state" in page
    assert "take-in" not in page
    assert bytes(RecommendationImport.objects.get().content) == b""


@pytest.mark.parametrize("who", ["manager", "assistant"])
def test_others_cannot_read_files_in(as_user, request, who):
    assert as_user(request.getfixturevalue(who)).get(LOOK).status_code == 403


def test_command_says_what_would_happen_and_does_it(reference_data, tmp_path, capsys):
    path = tmp_path / "rows.csv"
    path.write_bytes(table(ROW))
    call_command("import_recommendations", path, "--dry-run")
    assert not Recommendation.objects.exists()
    call_command("import_recommendations", path)
    assert Recommendation.objects.count() == 1
    assert "1 new, 0 changed, 0 same, 0 refused. Taken in." in capsys.readouterr().out


def test_command_refuses_a_bad_file(reference_data, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes(table(ROW | {"sdgs": "99"}))
    with pytest.raises(CommandError, match="Nothing was taken in"):
        call_command("import_recommendations", path)
