from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iesogi.deadlines.clock import Rule, Step, back, due, is_working, latest_start
from iesogi.deadlines.exceptions import ClockRefused

GOOD_FRIDAY = {date(2021, 4, 2): "Good Friday", date(2021, 4, 5): "Easter Monday"}
METHOD = [
    Step("review", "Literature review", 2, "months"),
    Step("call", "Call for inputs", 70),
    Step("draft", "Drafting", 20, "working_days"),
]


def dates(plan):
    return [(planned.step.code, planned.latest_start, planned.due_on) for planned in plan]


def test_back_chains_steps_from_the_end():
    assert dates(back(date(2021, 4, 12), METHOD, GOOD_FRIDAY)) == [
        ("review", date(2020, 10, 31), date(2020, 12, 31)),
        ("call", date(2020, 12, 31), date(2021, 3, 11)),
        ("draft", date(2021, 3, 11), date(2021, 4, 12)),
    ]


def test_back_moves_starts_off_days_when_nobody_works():
    plan = back(date(2021, 4, 12), METHOD, GOOD_FRIDAY | {date(2020, 12, 31): "x"}, roll="previous")
    assert [planned.latest_start for planned in plan] == [date(2020, 10, 30), date(2020, 12, 30), date(2021, 3, 11)]


def test_back_tells_float_and_lateness():
    on_time = back(date(2021, 4, 12), METHOD, GOOD_FRIDAY, start_on=date(2020, 10, 1))
    late = back(date(2021, 4, 12), METHOD, GOOD_FRIDAY, start_on=date(2020, 11, 12))
    assert [planned.float_days for planned in on_time] == [30, 30, 30]
    assert [planned.float_days for planned in late] == [-12, -12, -12]
    assert back(date(2021, 4, 12), METHOD, GOOD_FRIDAY)[0].float_days is None


def test_back_gives_float_to_the_shorter_of_two_parallel_steps():
    steps = [
        Step("editing", "Editing", 10, after=()),
        Step("images", "Social images", 3, after=()),
        Step("launch", "Launch", 0, after=("editing", "images")),
    ]
    plan = back(date(2021, 6, 21), steps, {}, start_on=date(2021, 6, 11))
    assert [(planned.latest_start, planned.float_days) for planned in plan] == [
        (date(2021, 6, 11), 0),
        (date(2021, 6, 18), 7),
        (date(2021, 6, 21), 0),
    ]


def test_back_explains_each_step():
    assert back(date(2021, 4, 12), METHOD, GOOD_FRIDAY)[2].explanation == (
        "Drafting takes 20 working days and must end by Monday 12 April 2021, so it starts by Thursday 11 March 2021."
    )


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (
            [Step("a", "A", 1, after=("b",)), Step("b", "B", 1, after=("a",))],
            "These steps wait for each other in a circle: a, b. Take one arrow away.",
        ),
        (
            [Step("a", "A", 1, after=("z",))],
            "The plan names steps that it does not hold, or one step twice: z.",
        ),
        (
            [Step("a", "A", 1), Step("a", "A", 1)],
            "The plan names steps that it does not hold, or one step twice: a.",
        ),
        (
            [Step("a", "A", 1200, "months")] * 1 + [Step("b", "B", 1200 * 20, "days")],
            "The plan would begin before the year 1. Check the durations.",
        ),
    ],
)
def test_back_refuses_plans_that_cannot_be(steps, words):
    with pytest.raises(ClockRefused) as refusal:
        back(date(50, 1, 1), steps, {})
    assert str(refusal.value) == words


@given(
    end_on=st.dates(min_value=date(2017, 1, 1), max_value=date(2028, 12, 31)),
    number=st.integers(0, 120),
    unit=st.sampled_from(["days", "working_days", "months"]),
    off=st.dictionaries(
        st.dates(min_value=date(2010, 1, 1), max_value=date(2028, 12, 31)), st.just("Good Friday"), max_size=30
    ),
)
def test_latest_start_is_in_time_and_the_last_that_is(end_on, number, unit, off):
    rule = Rule(unit, number)
    start = latest_start(rule, end_on, off)
    assert due(rule, start, off).date <= end_on
    later = start + timedelta(days=1)
    while unit == "working_days" and not is_working(later, off):
        later += timedelta(days=1)
    assert due(rule, later, off).date > end_on
