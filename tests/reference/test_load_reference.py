"""The command on the real files, on edited rows, and on files that are wrong."""

import shutil
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from iesogi.audit.models import Entry
from iesogi.reference.load import DATA
from iesogi.reference.models import Country, LoadedRow, Mandate, MandateTerm, Perspective, RegionTag, Session


@pytest.fixture
def files(tmp_path):
    """A copy of the data files that a test may spoil."""
    return shutil.copytree(DATA, tmp_path / "data")


def run(*args):
    output = StringIO()
    call_command("load_reference", *args, stdout=output)
    return output.getvalue().splitlines()


def spoil(folder, name, old, new):
    """Replace a piece of one file; gives the line it stands on."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old.strip())].count("\n") + 1


@pytest.mark.django_db
def test_first_run_says_what_it_created():
    lines = run()
    assert "States: 195 created." in lines
    assert "UN sessions: 24 created." in lines


def test_second_run_changes_nothing_and_says_so(reference_data):
    total, entries = LoadedRow.objects.count(), Entry.objects.count()
    before = list(Country.objects.values())
    assert run() == [f"Nothing changed: {total} rows are as the files say."]
    assert list(Country.objects.values()) == before
    assert Entry.objects.count() == entries


def test_row_edited_by_staff_is_reported_and_kept(reference_data):
    MandateTerm.objects.filter(year=2022).update(adopted_on=date(2022, 7, 8), adopted_evidence="public")
    lines = run()
    assert lines[0] == "Edited, kept: mandate term “A/HRC/RES/50/10” (adopted_on, adopted_evidence)."
    assert lines[1].startswith("Nothing changed:")
    assert MandateTerm.objects.get(year=2022).adopted_on == date(2022, 7, 8)


def test_field_the_file_leaves_open_is_free_for_staff(reference_data):
    MandateTerm.objects.filter(year=2025).update(resolution="A/HRC/RES/59/99")
    assert run()[0].startswith("Nothing changed:")
    assert MandateTerm.objects.get(year=2025).resolution == "A/HRC/RES/59/99"


def test_region_tag_given_by_staff_is_kept(reference_data):
    Country.objects.get(iso3="BRA").region_tags.add(RegionTag.objects.get(code="GLOBAL_SOUTH"))
    assert run()[0] == "Edited, kept: State “Brazil” (region_tags)."
    assert Country.objects.tagged("GLOBAL_SOUTH").count() == 1


def test_changed_file_reaches_untouched_rows_only(reference_data, files):
    Session.objects.filter(number=53).update(note="Staff wrote this.")
    spoil(files, "sessions.yaml", "{number: 53, year: 2023,", "{number: 53, year: 2023, note: From the file,")
    spoil(files, "sessions.yaml", "{number: 62, year: 2026,", "{number: 62, year: 2026, note: From the file,")
    lines = run("--data", str(files))
    assert lines == ["UN sessions: 1 updated.", "Edited, kept: UN session “HRC 53 (2023)” (note)."]
    assert Session.objects.get(number=62).note == "From the file"


def test_dry_run_changes_nothing(reference_data, files):
    spoil(files, "perspectives.yaml", "label: Caste", "label: Caste or descent")
    assert run("--data", str(files), "--dry-run") == ["perspectives: 1 updated."]
    assert Perspective.objects.get(code="caste").label == "Caste"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        (
            "un_names.csv",
            "\nZAF,",
            "\nZZZ,",
            "un_names.csv, line {line}: “ZZZ” is not the ISO alpha-3 code of a State",
        ),
        (
            "region_tags.yaml",
            "[ARE, BHR",
            "[ARE, XXX",
            "region_tags.yaml, line 3: “XXX” is not the ISO alpha-3 code",
        ),
        (
            "mandates.yaml",
            "country: THA",
            "country: THX",
            "mandates.yaml, line {line}: “THX” is not the ISO alpha-3 code",
        ),
        ("special_procedures.csv", ",AFG,", ",AFX,", "special_procedures.csv, line {line}: “AFX” is not the ISO"),
        (
            "states.csv",
            "AFG,AF,member,ASIA",
            "AFG,AF,member,AISA",
            "states.csv, line {line}: State “AFG”: regional_group",
        ),
        ("states.csv", "AFG,AF,member", "AFG,member", "states.csv, line {line}: 3 cells where the heading names 4."),
        ("states.csv", "AFG,AF,", "AFG,Af,", "states.csv, line {line}: “Af” is no ISO alpha-2 code that CLDR knows"),
        ("sessions.yaml", "{number: 35,", "{nomber: 35,", "sessions.yaml, line {line}: “number” is missing."),
        (
            "sessions.yaml",
            "{number: 35, year",
            "{number: 35, yaer",
            "sessions.yaml, line {line}: UN session “HRC, 35”:",
        ),
        ("sessions.yaml", "2017-06-23", "2017-06-01", "The session ends before it starts. Check both dates."),
        ("sessions.yaml", "2017-06-23", "June", "sessions.yaml, line {line}: UN session “HRC, 35”: ends_on:"),
        ("sessions.yaml", "HRC:\n  - {number: 35", "WHO:\n  - {number: 35", "“WHO” is none of HRC, GA."),
        ("sessions.yaml", "{number: 35, year: 2017,", "{number: 35, year: 2017, year: 2018,", "stands twice"),
        ("sessions.yaml", "HRC:", "HRC: [", "expected the node content, but found"),
        ("perspectives.yaml", "[race, ethnicity]", "[race, etnicity]", "“etnicity” is not defined above."),
        ("perspectives.yaml", "label: Caste,", "", "perspectives.yaml, line {line}: perspective"),
        ("mandates.yaml", "[23, 18, 6]", "[23, 18]", ": a vote is three numbers"),
        ("mandates.yaml", "holder: madrigal", "holder: madrigall", "“madrigall-borloz” is not defined above."),
    ],
)
def test_wrong_file_is_named_with_its_line_and_nothing_is_loaded(files, name, old, new, complaint):
    line = spoil(files, name, old, new)
    with pytest.raises(CommandError) as refusal:
        run("--data", str(files))
    assert complaint.replace("{line}", str(line)) in str(refusal.value)
    assert str(refusal.value).lower().endswith("nothing was loaded.")
    assert not Country.objects.exists()
    assert not LoadedRow.objects.exists()


@pytest.mark.django_db
def test_bytes_that_are_no_text_and_missing_files_are_refused(files):
    (files / "sessions.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match=r"sessions.yaml cannot be read"):
        run("--data", str(files))
    with pytest.raises(CommandError, match=r"states.csv cannot be read"):
        run("--data", str(files / "nowhere"))


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["", "- just\n- words\n", "words"])
def test_file_of_another_shape_is_refused(files, content):
    (files / "region_tags.yaml").write_text(content)
    with pytest.raises(CommandError, match="a list of mappings"):
        run("--data", str(files))
    (files / "perspectives.yaml").write_text(content)
    shutil.copy(DATA / "region_tags.yaml", files)
    with pytest.raises(CommandError, match="headings with lists"):
        run("--data", str(files))


def test_deleted_row_comes_back(reference_data):
    Mandate.objects.get(code="leprosy").delete()
    assert "mandates of the Special Procedures: 1 created." in run()
