from datetime import date, timedelta

import pytest
from dateutil.easter import easter
from django.core.management import call_command

from iesogi.deadlines.loading import NAMES, load
from iesogi.deadlines.models import DeadlineKind, Holiday
from iesogi.reference.enums import Evidence

pytestmark = pytest.mark.django_db

YEARS = range(2017, 2029)


@pytest.fixture
def loaded(db):
    call_command("load_deadlines", verbosity=0)


def geneva(name):
    return list(Holiday.objects.filter(calendar="geneva", name=name).values_list("on", flat=True))


def test_second_load_changes_nothing(loaded):
    before = (list(Holiday.objects.values()), list(DeadlineKind.objects.values()))
    assert load().changed == 0
    assert (list(Holiday.objects.values()), list(DeadlineKind.objects.values())) == before


def test_what_staff_corrected_is_kept(loaded):
    Holiday.objects.filter(calendar="geneva", on=date(2026, 3, 20)).update(evidence=Evidence.PUBLIC, note="Circular.")
    report = load()
    assert [kept.model for kept in report.kept] == ["official holiday"]
    assert Holiday.objects.get(calendar="geneva", on=date(2026, 3, 20)).evidence == Evidence.PUBLIC


@pytest.mark.parametrize(
    ("name", "after_easter"),
    [("Good Friday", -2), ("Easter Monday", 1), ("Ascension Day", 39), ("Whit Monday", 50)],
)
def test_movable_feasts_follow_easter(loaded, name, after_easter):
    assert geneva(name) == [easter(year) + timedelta(days=after_easter) for year in YEARS]


def test_geneva_fast_is_the_thursday_after_the_first_sunday_of_september(loaded):
    days = geneva("Geneva Fast")
    assert [day.weekday() for day in days] == [3] * len(YEARS)
    assert all(1 <= (day - timedelta(days=4)).day <= 7 and day.month == 9 for day in days)


def test_each_station_has_nine_holidays_a_year_and_none_on_a_weekend(loaded):
    for calendar in ("geneva", "new_york"):
        days = list(Holiday.objects.filter(calendar=calendar).values_list("on", flat=True))
        assert len(days) == 9 * len(YEARS)
        assert all(day.weekday() < 5 for day in days)


def test_what_the_moon_decides_is_unconfirmed(loaded):
    lunar = Holiday.objects.filter(name__startswith="Eid", calendar="geneva")
    assert set(lunar.values_list("evidence", flat=True)) == {Evidence.UNCONFIRMED}


def test_every_name_can_be_translated(loaded):
    assert set(Holiday.objects.values_list("name", flat=True)) == set(NAMES)
