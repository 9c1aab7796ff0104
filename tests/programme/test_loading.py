"""The real work programme in the database: loaded, loaded again, edited in between, refused when it is bad."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from iesogi.programme.computed import computed_figures, printed_figures
from iesogi.programme.models import (
    ActivityCount,
    Contradiction,
    Footnote,
    Paragraph,
    PrintedFigure,
    ProductTarget,
    Section,
    WorkProgramme,
)
from iesogi.programme.source import PROGRAMME, read_programme
from iesogi.programme.text import bind, figures_by_code
from iesogi.reference.exceptions import LoadError


def load(*args):
    out = StringIO()
    call_command("load_work_programme", *args, stdout=out)
    return out.getvalue()


@pytest.mark.demand("WP-T")
def test_programme_is_the_printed_one(programme):
    assert str(programme.period_start) == "2021-01-01"
    assert str(programme.period_end) == "2023-12-31"
    assert programme.holder.name == "Víctor Madrigal-Borloz"
    assert programme.title == (
        "Protection against violence and discrimination based on sexual orientation and gender identity"
    )


@pytest.mark.demand("N2-0")
def test_last_year_is_subject_to_renewal(programme):
    assert str(programme.subject_to_renewal_from) == "2023-01-01"


def test_all_fifty_paragraphs_stand_in_their_sections(programme):
    numbers = list(Paragraph.objects.filter(section__programme=programme).values_list("number", flat=True))
    assert sorted(numbers) == list(range(1, 51))
    sections = {row["code"]: row["paragraphs"] for row in read_programme()["sections"]}
    for section in Section.objects.prefetch_related("paragraphs"):
        assert [each.number for each in section.paragraphs.all()] == sections[section.code]


def test_every_figure_named_in_the_text_exists(programme):
    figures = figures_by_code([*printed_figures(programme), *computed_figures(programme)])
    for paragraph in Paragraph.objects.all():
        assert "{" not in bind(paragraph.body, figures)


def test_footnotes_are_numbered_one_to_twenty_three(programme):
    assert list(Footnote.objects.values_list("number", flat=True)) == list(range(1, 24))


@pytest.mark.demand("WP-fn13")
def test_a_footnote_without_text_stays_empty(programme):
    assert Footnote.objects.get(number=13).body == ""


def test_second_run_changes_nothing(programme):
    assert "Nothing changed" in load()


def test_edited_row_is_reported_and_kept(programme):
    ProductTarget.objects.filter(code="interview").update(quantity=99)
    said = load()
    assert "Edited, kept" in said
    assert "Interviews" in said
    assert ProductTarget.objects.get(code="interview").quantity == 99


def test_dry_run_leaves_nothing(real_data, db):
    WorkProgramme.objects.all().delete()
    assert "work programmes: 1 created" in load("--dry-run")
    assert not WorkProgramme.objects.exists()


@pytest.mark.parametrize(
    ("printed", "broken", "path"),
    [
        ("quantity: 3, period: month", "quantity: three, period: month", "product_targets.8.quantity"),
        ("period: month, qualifier: exact, per_year: 36", "period: week, qualifier: exact, per_year: 36", "period"),
        ("keep: as-of dates}", "kept: as-of dates}", "contradictions.25"),
    ],
)
def test_file_that_does_not_validate_names_path_and_line(tmp_path, printed, broken, path):
    text = PROGRAMME.read_text("utf-8")
    line = next(number for number, row in enumerate(text.splitlines(), 1) if printed in row)
    file = tmp_path / "programme.yaml"
    file.write_text(text.replace(printed, broken, 1), "utf-8")
    with pytest.raises(LoadError, match=rf"programme\.yaml, line {line}, at .*{path}"):
        read_programme(file)


def test_unknown_country_is_named_and_nothing_is_loaded(programme, tmp_path):
    file = tmp_path / "programme.yaml"
    text = PROGRAMME.read_text("utf-8").replace("{country: ARM, identified_2021", "{country: ARX, identified_2021")
    file.write_text(text, "utf-8")
    PrintedFigure.objects.all().delete()
    with pytest.raises(CommandError, match="ARX"):
        load("--file", str(file))
    assert not PrintedFigure.objects.exists()


@pytest.mark.demand("N1-0", "N1-1")
def test_note_one_has_twenty_six_lines_as_a_forecast(programme):
    counts = ActivityCount.objects.filter(programme=programme)
    assert "".join(counts.values_list("letter", flat=True)) == "abcdefghijklmnopqrstuvwxyz"
    assert {(str(each.period_start), str(each.period_end), str(each.as_of), each.forecast) for each in counts} == {
        ("2018-01-01", "2020-12-31", "2020-12-31", True)
    }


NOTE_ONE = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        [56, 40, 6, 4, 5, 4, 4, 6, 4, 1, 1, 5, 2, 8, 5, 2, 1, 1, 3, 17, 1, 60, 25, 27, 42, 82],
        strict=True,
    )
)


@pytest.mark.parametrize(
    ("letter", "quantity"),
    [pytest.param(*each, marks=pytest.mark.demand(f"N1-{each[0]}")) for each in NOTE_ONE.items()],
)
def test_note_one_line_is_as_printed(programme, letter, quantity):
    line = ActivityCount.objects.get(programme=programme, letter=letter)
    assert (line.quantity, line.qualifier) == (quantity, "exact")
    if letter in "ab":
        assert (line.meetings_total, line.meetings_qualifier) == (200, "over")


def test_all_contradictions_carry_a_note_and_their_sides(programme):
    contradictions = Contradiction.objects.prefetch_related("statements")
    assert [each.number for each in contradictions] == list(range(1, 34))
    for each in contradictions:
        assert each.note
        assert len(each.statements.all()) >= 2
