"""UN sessions 2017-2028 as loaded (domain reference 4.1)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from iesogi.reference.enums import Evidence, Forum
from iesogi.reference.models import Session


@pytest.mark.parametrize(("forum", "numbers"), [(Forum.HRC, range(35, 69, 3)), (Forum.GA, range(72, 84))])
def test_each_forum_has_one_slot_a_year(reference_data, forum, numbers):
    rows = Session.objects.of(forum).of_the_mandate().order_by("year")
    assert list(rows.values_list("year", "number")) == list(zip(range(2017, 2029), numbers, strict=True))


def test_programme_period_has_six_report_slots(reference_data):
    slots = Session.objects.slots(start=date(2021, 1, 1), end=date(2023, 12, 31))
    assert [str(slot) for slot in slots] == [
        "HRC 47 (2021)", "GA 76 (2021)", "HRC 50 (2022)", "GA 77 (2022)", "HRC 53 (2023)", "GA 78 (2023)",
    ]  # fmt: skip


def test_dates_carry_their_evidence(reference_data):
    fifty = Session.objects.get(forum=Forum.HRC, number=50)
    assert (fifty.starts_on, fifty.ends_on) == (date(2022, 6, 13), date(2022, 7, 8))
    assert fifty.dates_evidence == Evidence.PUBLIC
    assert set(Session.objects.of(Forum.GA).values_list("dates_evidence", flat=True)) == {Evidence.UNCONFIRMED}


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2022, 7, 8), "HRC 50 (2022)"),
        (date(2022, 7, 9), "GA 77 (2022)"),
        (date(2022, 12, 31), "GA 77 (2022)"),
        (date(2023, 1, 1), "HRC 53 (2023)"),
        (date(2026, 3, 1), "HRC 62 (2026)"),
    ],
)
def test_upcoming_begins_with_the_session_not_yet_over(reference_data, day, first):
    assert str(Session.objects.upcoming(on=day).first()) == first


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 35},
        {"number": 36, "year": 2017},
        {"forum": Forum.GA, "number": 79, "year": 2025},
        {"starts_on": date(2018, 6, 18), "ends_on": date(2018, 6, 17)},
    ],
)
def test_database_refuses_a_session_that_cannot_be(wrong):
    Session.objects.create(forum=Forum.HRC, number=35, year=2017)
    session = Session(**{"forum": Forum.HRC, "number": 38, "year": 2018} | wrong)
    with pytest.raises(ValidationError):
        session.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        session.save()


@pytest.mark.django_db
def test_second_session_of_a_year_may_be_recorded_without_a_slot():
    Session.objects.create(forum=Forum.HRC, number=35, year=2017)
    Session.objects.create(forum=Forum.HRC, number=36, year=2017, takes_report=False)
    assert Session.objects.of_the_mandate().count() == 1
