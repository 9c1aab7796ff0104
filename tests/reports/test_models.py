"""What the database itself refuses, past every form, and what a row says of itself."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from iesogi.reference.models import Session
from reports.enums import ReportState
from reports.models import Milestone, Report, Theme, ThemeMove, validate_symbol

pytestmark = pytest.mark.django_db

BROKEN_REPORTS = {
    "report_slot_is_whole": {"forum": ""},
    "report_presented_after_submitted": {"submitted_on": date(2027, 4, 1), "presented_on": date(2027, 3, 1)},
    "report_issued_after_submitted": {"submitted_on": date(2027, 4, 1), "issued_on": date(2027, 3, 1)},
    "report_submitted_has_its_day": {"state": ReportState.SUBMITTED},
    "report_out_has_a_symbol": {"state": ReportState.ISSUED},
    "report_symbol_of_its_forum": {"symbol": "A/82/100"},
    "report_one_per_slot": {"forum": "GA", "year": 2026},
    "report_symbol_once": {"symbol": "A/HRC/59/43"},
}


@pytest.fixture
def others(new_report):
    new_report(forum="GA", year=2026)
    new_report(forum="HRC", year=2025, symbol="A/HRC/59/43")


def names_of(model):
    return {constraint.name for constraint in model._meta.constraints}


def test_every_constraint_of_a_report_is_tried():
    assert names_of(Report) == set(BROKEN_REPORTS)


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize(("name", "wrong"), BROKEN_REPORTS.items())
def test_database_refuses_a_broken_report(report, name, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**wrong)


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize(("name", "wrong"), BROKEN_REPORTS.items())
def test_validation_says_the_same_in_a_sentence(report, name, wrong):
    for field, value in wrong.items():
        setattr(report, field, value)
    sentence = next(each for each in Report._meta.constraints if each.name == name).violation_error_message
    with pytest.raises(ValidationError) as refused:
        report.full_clean()
    assert str(sentence) in [message.replace("%%", "%") for message in refused.value.messages]


@pytest.mark.demand("WP-fn2")
@pytest.mark.parametrize(
    "wrong",
    [
        {"forum": ""},
        {"year": None},
        {"floating": True},
        {"floating": True, "forum": "", "year": None, "floating_reason": ""},
    ],
)
def test_theme_has_a_slot_or_floats_with_a_reason(theme, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Theme.objects.filter(pk=theme.pk).update(**wrong)


def test_move_without_a_reason_is_refused_by_the_database(theme):
    with pytest.raises(IntegrityError), transaction.atomic():
        ThemeMove.objects.create(theme=theme, to_forum="GA", to_year=2028, reason="")


def test_history_of_moves_is_only_added_to(theme):
    ThemeMove.objects.create(theme=theme, to_forum="GA", to_year=2028, reason="The Council moved its session.")
    with pytest.raises(TypeError):
        theme.moves.update(reason="Another")
    with pytest.raises(TypeError):
        theme.moves.all().delete()
    with pytest.raises(ProtectedError):
        theme.delete()


def test_one_milestone_a_stage_and_report(report, method):
    from reports.services import plan_milestones

    plan_milestones(report, by=None)
    milestone = report.milestones.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.create(
            report=report,
            stage=milestone.stage,
            deadline=report.milestones.last().deadline,
            planned_on=milestone.planned_on,
        )
    with pytest.raises(ProtectedError):
        report.delete()


@pytest.mark.parametrize(
    "symbol", ["A/HRC/47/27", "A/76/152", "A/HRC/44/53/Add.1", "A/HRC/RES/41/18", "A/HRC/50/L.2", "A/72/172/Corr.1"]
)
def test_symbols_as_printed_are_accepted(symbol):
    validate_symbol(symbol)


@pytest.mark.parametrize("symbol", ["A/HRC/47", "HRC/47/27", "a/hrc/47/27", "A/HRC/47/27 ", "A/HRC/47/27/Add", "A//1"])
def test_anything_else_is_no_symbol(symbol):
    with pytest.raises(ValidationError):
        validate_symbol(symbol)


def test_session_belongs_to_the_slot(report):
    report.session = Session(forum="HRC", number=59, year=2025)
    with pytest.raises(ValidationError, match="another slot"):
        report.clean()


def test_slot_date_lies_in_the_year_of_the_slot_or_before(report):
    report.slot_date = date(2072, 3, 31)
    with pytest.raises(ValidationError, match="slot date"):
        report.clean()


@pytest.mark.demand("WP-19b-3")
@pytest.mark.parametrize(
    ("slot_date", "submitted_on", "days_late"),
    [
        (date(2027, 3, 31), date(2027, 3, 31), 0),
        (date(2027, 3, 31), date(2027, 3, 1), 0),
        (date(2027, 3, 31), date(2027, 4, 12), 12),
        (date(2028, 2, 28), date(2028, 3, 1), 2),
        (None, date(2027, 4, 12), None),
        (date(2027, 3, 31), None, None),
    ],
)
def test_timeliness_counts_from_the_slot_date(slot_date, submitted_on, days_late):
    assert Report(slot_date=slot_date, submitted_on=submitted_on).days_late == days_late


@pytest.mark.parametrize("year", [2015, 2101, 20270])
def test_year_far_away_is_refused(report, year):
    report.year, report.slot_date = year, None
    with pytest.raises(ValidationError) as refused:
        report.full_clean()
    assert set(refused.value.message_dict) == {"year"}


def test_words_over_the_limit_are_counted(settings):
    settings.REPORT_WORD_LIMIT = 10_700
    assert [Report(word_count=words).words_too_many for words in (None, 10_700, 10_712)] == [0, 0, 12]


@pytest.mark.parametrize(
    ("state", "public"),
    [
        ("planned", "Planned"),
        ("research", "In preparation"),
        ("drafting", "In preparation"),
        ("observations", "In preparation"),
        ("submitted", "In preparation"),
        ("issued", "Issued"),
        ("presented", "Presented"),
    ],
)
def test_public_is_not_told_how_far_a_draft_is(state, public):
    assert str(Report(state=state).public_state) == public
