from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from iesogi.deadlines.clock import Rule, due, is_working
from iesogi.deadlines.exceptions import ClockRefused

HOLIDAYS = {
    date(2021, 4, 2): "Good Friday",
    date(2021, 4, 5): "Easter Monday",
    date(2021, 12, 24): "Christmas Day",
    date(2022, 4, 15): "Good Friday",
}
ONE_DAY = timedelta(days=1)

days = st.dates(min_value=date(2017, 1, 1), max_value=date(2028, 12, 31))
holidays = st.dictionaries(days, st.just("Good Friday"), max_size=30)


@pytest.mark.parametrize(
    ("rule", "start_on", "expected"),
    [
        (Rule("days", 0), date(2021, 5, 3), date(2021, 5, 3)),
        (Rule("days", 60), date(2021, 5, 3), date(2021, 7, 2)),
        (Rule("days", 1), date(2020, 2, 28), date(2020, 2, 29)),
        (Rule("days", 1), date(2021, 2, 28), date(2021, 3, 1)),
        (Rule("days", 366), date(2020, 2, 29), date(2021, 3, 1)),
        (Rule("days", 1), date(2021, 12, 31), date(2022, 1, 1)),
        (Rule("days", 1), date(2021, 3, 27), date(2021, 3, 28)),  # summer time begins
        (Rule("days", 1), date(2021, 10, 30), date(2021, 10, 31)),  # and ends
        (Rule("months", 1), date(2021, 1, 31), date(2021, 2, 28)),
        (Rule("months", 1), date(2020, 1, 31), date(2020, 2, 29)),
        (Rule("months", 12), date(2020, 2, 29), date(2021, 2, 28)),
        (Rule("months", 2), date(2021, 12, 31), date(2022, 2, 28)),
        (Rule("working_days", 0), date(2021, 4, 3), date(2021, 4, 3)),
        (Rule("working_days", 1), date(2021, 4, 1), date(2021, 4, 6)),
        (Rule("working_days", 5), date(2021, 5, 3), date(2021, 5, 10)),
        (Rule("working_days", 1), date(2021, 12, 23), date(2021, 12, 27)),
        (Rule("fixed", on=date(2021, 6, 21)), date(2021, 5, 3), date(2021, 6, 21)),
        (Rule("days", 2, roll="none"), date(2021, 4, 1), date(2021, 4, 3)),
        (Rule("days", 2, roll="next"), date(2021, 4, 1), date(2021, 4, 6)),
        (Rule("days", 2, roll="previous"), date(2021, 4, 1), date(2021, 4, 1)),
        (Rule("months", 1, roll="next"), date(2021, 3, 3), date(2021, 4, 6)),
        (Rule("fixed", on=date(2021, 12, 25), roll="previous"), date(2021, 5, 3), date(2021, 12, 23)),
    ],
)
def test_due_counts_from_day_zero(rule, start_on, expected):
    assert due(rule, start_on, HOLIDAYS).date == expected


@pytest.mark.parametrize(
    ("rule", "start_on", "words"),
    [
        (Rule("days", 60), date(2021, 5, 3), "60 days from 3 May 2021 is Friday 2 July 2021."),
        (Rule("days", 1), date(2021, 5, 3), "1 day from 3 May 2021 is Tuesday 4 May 2021."),
        (
            Rule("months", 1),
            date(2021, 1, 31),
            "1 month from 31 January 2021 is Sunday 28 February 2021. "
            "That month has no day 31, so its last day counts.",
        ),
        (
            Rule("working_days", 3),
            date(2021, 4, 1),
            "3 working days from 1 April 2021 is Thursday 8 April 2021. "
            "Official holidays left out: Good Friday, 2 April 2021; Easter Monday, 5 April 2021.",
        ),
        (Rule("fixed", on=date(2021, 6, 21)), date(2021, 5, 3), "The date is fixed: Monday 21 June 2021."),
        (
            Rule("days", 5, roll="next"),
            date(2021, 5, 3),
            "5 days from 3 May 2021 is Saturday 8 May 2021. It is moved on to Monday 10 May 2021, because "
            "Saturday 8 May 2021 is a weekend day; Sunday 9 May 2021 is a weekend day.",
        ),
        (
            Rule("days", 11, roll="previous"),
            date(2021, 3, 25),
            "11 days from 25 March 2021 is Monday 5 April 2021. It is moved back to Thursday 1 April 2021, because "
            "Monday 5 April 2021 is an official holiday (Easter Monday); Sunday 4 April 2021 is a weekend day; "
            "Saturday 3 April 2021 is a weekend day; Friday 2 April 2021 is an official holiday (Good Friday).",
        ),
    ],
)
def test_due_explains_itself_in_words(rule, start_on, words):
    assert due(rule, start_on, HOLIDAYS).explanation == words


def test_due_says_where_recorded_holidays_end():
    explanation = due(Rule("working_days", 10), date(2030, 12, 27), HOLIDAYS).explanation
    assert explanation.endswith("No official holidays are recorded for 2030-2031, so only weekends were left out.")


def test_due_names_weekdays_in_the_language_of_the_page():
    with translation.override("fr"):
        assert "vendredi" in due(Rule("days", 60), date(2021, 5, 3), {}).explanation


@pytest.mark.parametrize(
    ("unit", "number", "roll", "on"),
    [
        ("days", -1, "none", None),
        ("working_days", 10**9, "none", None),
        ("months", -1, "none", None),
        ("weeks", 1, "none", None),
        ("days", 1, "sideways", None),
        ("fixed", 0, "none", None),
    ],
)
def test_rule_refuses_what_cannot_be_counted(unit, number, roll, on):
    with pytest.raises(ClockRefused):
        Rule(unit, number, roll=roll, on=on)


@pytest.mark.parametrize(
    ("rule", "start_on", "words"),
    [
        (
            Rule("fixed", on=date(2021, 5, 2)),
            date(2021, 5, 3),
            "The due date, 2 May 2021, would be before the day it is counted from, 3 May 2021. Check both dates.",
        ),
        (
            Rule("days", 0, roll="previous"),
            date(2021, 5, 2),
            "The due date, 30 April 2021, would be before the day it is counted from, 2 May 2021. Check both dates.",
        ),
        (
            Rule("months", 1200),
            date(9950, 1, 1),
            "The due date would lie after the year 9999. Check the start and the rule.",
        ),
        (
            Rule("days", 36_525),
            date(9950, 1, 1),
            "The due date would lie after the year 9999. Check the start and the rule.",
        ),
    ],
)
def test_due_refuses_a_date_before_its_start_or_after_all_time(rule, start_on, words):
    with pytest.raises(ClockRefused) as refusal:
        due(rule, start_on, {})
    assert str(refusal.value) == words


@pytest.mark.parametrize("rule", [Rule("days", 3), Rule("fixed", on=date(2021, 5, 2), roll="next")])
def test_rule_survives_the_database(rule):
    assert Rule.from_json(rule.as_json()) == rule


@given(start_on=days, number=st.integers(0, 2000))
def test_days_are_added_whatever_the_clock_does(start_on, number):
    assert (due(Rule("days", number), start_on, {}).date - start_on).days == number


@given(start_on=days, number=st.integers(1, 300), off=holidays)
def test_working_days_land_on_one_and_count_exactly(start_on, number, off):
    landed = due(Rule("working_days", number), start_on, off).date
    between = [start_on + timedelta(days=day) for day in range(1, (landed - start_on).days + 1)]
    assert is_working(landed, off)
    assert sum(is_working(day, off) for day in between) == number


@given(start_on=days, number=st.integers(0, 200))
def test_months_keep_the_day_or_end_the_month(start_on, number):
    landed = due(Rule("months", number), start_on, {}).date
    assert (landed.year - start_on.year) * 12 + landed.month - start_on.month == number
    assert landed.day == start_on.day or (landed.day < start_on.day and (landed + ONE_DAY).day == 1)


@given(start_on=days, number=st.integers(0, 400), off=holidays, unit=st.sampled_from(["days", "months"]))
def test_roll_ends_on_the_nearest_working_day_of_its_side(start_on, number, off, unit):
    plain = due(Rule(unit, number), start_on, off).date
    landed = due(Rule(unit, number, roll="next"), start_on, off).date
    passed = [plain + timedelta(days=day) for day in range((landed - plain).days)]
    assert landed >= plain
    assert is_working(landed, off)
    assert not any(is_working(day, off) for day in passed)


@given(start_on=days, number=st.integers(0, 400), off=holidays)
def test_a_longer_rule_is_never_due_earlier(start_on, number, off):
    for unit in ("days", "working_days", "months"):
        shorter, longer = (due(Rule(unit, many), start_on, off).date for many in (number, number + 1))
        assert shorter <= longer <= shorter + relativedelta(months=2)
