"""The research agenda of the work programme and the reports that came out, as loaded."""

from datetime import date

import pytest
from django.core.management import call_command

from iesogi.reference.enums import Evidence, LoadOutcome
from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import loading
from iesogi.reference.sources import read_yaml
from reports import loading as files
from reports.agenda import agenda, outcomes
from reports.enums import Stage, ThemeStatus
from reports.models import Call, MethodStep, Report, Theme

pytestmark = pytest.mark.usefixtures("programme")

DONE = {
    "a": ("decriminalisation", "GA", 2017, "A/72/172"),
    "b": ("anti-discrimination", "GA", 2017, "A/72/172"),
    "c": ("depathologisation", "GA", 2018, "A/73/152"),
    "d": ("gender-recognition", "GA", 2018, "A/73/152"),
    "e": ("data", "HRC", 2019, "A/HRC/41/45"),
    "f": ("social-inclusion", "GA", 2019, "A/74/181"),
    "g": ("conversion-therapy", "HRC", 2020, "A/HRC/44/53"),
    "h": ("covid-19", "GA", 2020, "A/75/258"),
}
PLANNED = {
    "a": ("gender-equality", "HRC", 2021, ["A/HRC/47/27", "A/76/152"]),
    "b": ("health", "GA", 2021, ["A/HRC/50/27"]),
    "c": ("colonialism", "HRC", 2022, ["A/78/227"]),
    "d": ("religion", "GA", 2022, ["A/HRC/53/37"]),
    "e": ("violence-12-years", "HRC", 2023, []),
    "f": ("discrimination-12-years", "GA", 2023, []),
    "g": ("conflict-peace-security", "", None, ["A/77/235"]),
}


def demands(paragraph, rows):
    return [
        pytest.param(letter, *row, marks=pytest.mark.demand(f"{paragraph}{letter}")) for letter, row in rows.items()
    ]


@pytest.mark.parametrize(("letter", "code", "forum", "year", "symbol"), demands("WP-16", DONE))
def test_theme_done_stands_in_its_report(letter, code, forum, year, symbol):
    theme = Theme.objects.get(ref=f"WP-16{letter}")
    assert (theme.code, theme.letter, theme.forum, theme.year, theme.status) == (
        code,
        letter,
        forum,
        year,
        ThemeStatus.DONE,
    )
    report = theme.reports.get()
    assert (report.symbol, report.forum, report.year, report.is_out) == (symbol, forum, year, True)


@pytest.mark.parametrize(("letter", "code", "forum", "year", "symbols"), demands("WP-17", PLANNED))
def test_theme_planned_keeps_its_plan_beside_what_came_out(letter, code, forum, year, symbols):
    theme = Theme.objects.get(ref=f"WP-17{letter}")
    assert (theme.code, theme.forum, theme.year, theme.status) == (code, forum, year, ThemeStatus.PLANNED)
    assert [report.symbol for report in theme.reports.order_by("year", "-forum")] == symbols


@pytest.mark.demand("WP-fn2")
def test_one_theme_floats_with_its_reason():
    theme = Theme.objects.planned().get(floating=True)
    assert (theme.code, theme.slot, bool(theme.floating_reason)) == ("conflict-peace-security", "Floating", True)


@pytest.mark.demand("WP-17-1")
def test_every_planned_theme_names_whose_feedback_it_rests_on():
    sources = set(map(tuple, Theme.objects.planned().values_list("sources", flat=True)))
    assert sources == {("Member States", "civil society", "other stakeholders")}


def test_assessments_cover_twelve_years_without_a_printed_start():
    assert list(Theme.objects.filter(span_years=12).values_list("letter", flat=True).order_by("letter")) == ["e", "f"]


@pytest.mark.demand("trap-7")
def test_eight_themes_stand_in_six_documents_and_the_overview_in_none():
    done = Theme.objects.done().printed()
    documents = Report.objects.filter(themes__in=done).distinct()
    assert (done.count(), documents.count()) == (8, 6)
    counted_by_note_1 = Report.objects.issued().in_period(date(2018, 1, 1), date(2020, 12, 31))
    assert counted_by_note_1.count() == 6
    assert set(documents) ^ set(counted_by_note_1) == set(
        Report.objects.filter(symbol__in=["A/72/172", "A/HRC/38/43"])
    )


@pytest.mark.demand("trap-20")
def test_report_of_2020_to_the_assembly_is_done_and_says_where_it_is_not():
    report = Report.objects.get(symbol="A/75/258")
    assert (report.is_out, "still to come" in report.note) == (True, True)


@pytest.mark.demand("WP-17-2")
def test_seven_themes_do_not_fit_six_slots():
    plan = agenda(2021, 2023)
    assert (plan.theme_count, len(plan.slots), plan.excess, plan.crowded) == (7, 6, 1, [])
    assert plan.conflict_in_words == "7 themes are planned for 6 slots, so some wait or share a report."
    assert all(slot.session for slot in plan.slots)


@pytest.mark.demand("WP-17-2")
def test_calendar_shows_slots_that_hold_two_themes():
    past = agenda(2017, 2020)
    assert [(slot.forum, slot.year) for slot in past.crowded] == [("GA", 2017), ("GA", 2018)]
    assert (past.slots[0].report.symbol, past.slots[0].themes) == ("A/HRC/35/36", [])


def test_plan_and_outcome_differ_as_they_did():
    said = {each.theme.letter: each.in_words for each in outcomes(2021, 2023)}
    assert said == {
        "a": "Reported as planned: A/HRC/47/27 (Human Rights Council 2021), A/76/152 (General Assembly 2021).",
        "b": "Reported in another slot than planned: A/HRC/50/27 (Human Rights Council 2022).",
        "c": "Reported in another slot than planned: A/78/227 (General Assembly 2023).",
        "d": "Reported in another slot than planned: A/HRC/53/37 (Human Rights Council 2023).",
        "e": "No report yet.",
        "f": "No report yet.",
        "g": "Found its slot: A/77/235 (General Assembly 2022).",
    }


STANDARD = [Stage.LITERATURE_REVIEW, Stage.CALL_FOR_INPUTS, Stage.PUBLIC_CONSULTATION, Stage.EXPERT_MEETING]
CHAIN = ("research assistant", "senior advisor", "mandate holder")


@pytest.mark.demand("WP-19-1")
def test_standard_method_has_its_four_ways_in_order():
    assert list(MethodStep.objects.values_list("stage", flat=True))[:4] == STANDARD


@pytest.mark.demand("WP-19-2")
def test_ad_hoc_mechanism_is_the_optional_one():
    assert MethodStep.objects.get(optional=True).stage == Stage.AD_HOC


@pytest.mark.parametrize(
    ("stage", "yields"),
    [
        pytest.param(Stage.LITERATURE_REVIEW, "background document", marks=pytest.mark.demand("WP-19a-1")),
        pytest.param(Stage.CALL_FOR_INPUTS, "inputs", marks=pytest.mark.demand("WP-19a-2")),
    ],
)
def test_first_steps_have_their_chain_of_three(stage, yields):
    step = MethodStep.objects.get(stage=stage)
    assert ((step.prepares, step.supervises, step.approves), step.yields) == (CHAIN, yields)


def test_expert_meeting_yields_a_report():
    assert MethodStep.objects.get(stage=Stage.EXPERT_MEETING).yields == "meeting report"


@pytest.mark.demand("WP-19b-2", "trap-30")
def test_issue_comes_after_observations_submission_and_editing():
    stages = list(MethodStep.objects.values_list("stage", flat=True))
    late = [
        Stage.DRAFTING, Stage.BRANCH_OBSERVATIONS, Stage.SUBMISSION, Stage.EDIT_TRANSLATE, Stage.ISSUE,
        Stage.INTERACTIVE_DIALOGUE, Stage.DISSEMINATION,
    ]  # fmt: skip
    assert stages[-7:] == late
    days = list(MethodStep.objects.filter(stage__in=late).values_list("days_before_slot", flat=True))
    assert (days == sorted(days, reverse=True), days[2]) == (True, 0)


def test_no_offset_claims_to_be_printed():
    assert set(MethodStep.objects.values_list("evidence", flat=True)) == {Evidence.UNCONFIRMED}


def test_method_of_the_file_is_the_method_of_the_programme():
    from iesogi.programme.source import read_programme

    printed = {row["code"]: row for row in read_programme()["research"]["stages"]}
    own = {row["code"]: row for row in read_yaml(files.DATA / "method.yaml")}
    assert own.keys() - printed.keys() == {Stage.SUBMISSION, Stage.ISSUE, Stage.INTERACTIVE_DIALOGUE}
    assert printed.keys() <= own.keys()
    for code in (Stage.LITERATURE_REVIEW, Stage.CALL_FOR_INPUTS, Stage.BRANCH_OBSERVATIONS, Stage.DISSEMINATION):
        assert own[code]["phase"] == printed[code]["phase"]


def test_every_slot_from_2017_to_the_council_of_2025_has_its_report():
    slots = set(Report.objects.values_list("forum", "year"))
    assert slots == {(forum, year) for year in range(2017, 2026) for forum in ("HRC", "GA")} - {("GA", 2025)}


def test_unconfirmed_symbols_say_so():
    unsure = set(Report.objects.filter(symbol_evidence=Evidence.UNCONFIRMED).values_list("symbol", flat=True))
    assert unsure == {
        "A/HRC/41/45", "A/74/181", "A/76/152", "A/77/235", "A/HRC/56/49", "A/79/151", "A/HRC/59/43",
    }  # fmt: skip


def test_second_load_changes_nothing_and_keeps_edits(capsys):
    Report.objects.filter(symbol="A/HRC/47/27").update(title="What staff wrote")
    call_command("load_work_programme")
    said = capsys.readouterr().out
    assert "What staff wrote" not in said or "Edited, kept" in said
    assert Report.objects.get(symbol="A/HRC/47/27").title == "What staff wrote"
    assert Report.objects.count() == 17


def test_missing_reference_data_is_named_and_nothing_is_loaded(db):
    Call.objects.all().delete()
    Report.objects.all().delete()
    from iesogi.reference.models import Session

    Session.objects.filter(forum="GA", year=2019).delete()
    with (
        pytest.raises(LoadError, match=r"issued_reports.yaml, line \d+: no session of GA in 2019"),
        loading("x") as loader,
    ):
        files.load_issued_reports(loader)
    assert not Report.objects.exists()


def test_theme_nobody_knows_is_named():
    Theme.objects.filter(code="health").delete()
    with pytest.raises(LoadError, match="theme “health” is not known"), loading("x") as loader:
        files.load_issued_reports(loader)


def test_loading_alone_is_idempotent():
    with loading("x") as loader:
        files.load_method(loader)
        files.load_issued_reports(loader)
    assert (loader.report.changed, loader.report[LoadOutcome.EDITED]) == (0, 0)
