"""Speaking engagements as the work programme prints them, out of its data file."""

import copy
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from dissemination.enums import EngagementKind, Measure
from dissemination.loading import load_engagement_counts
from dissemination.models import Engagement, EngagementCount
from dissemination.totals import printed_periods
from iesogi.programme.source import read_programme
from iesogi.reference.enums import Evidence, Qualifier
from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import loading

pytestmark = pytest.mark.django_db

PERIOD = (date(2019, 9, 1), date(2020, 7, 31))


@cache
def programme():
    return read_programme()


def section():
    return copy.deepcopy(programme()["engagements"])


def load(data=None):
    with loading("test") as loader:
        load_engagement_counts(loader, data or section())
    return loader.report


@pytest.fixture
def printed():
    load()
    return EngagementCount.objects.all()


@pytest.mark.demand("WP-41-1")
def test_fifty_eight_engagements_by_kind(printed):
    total = printed.get(measure=Measure.ENGAGEMENTS, kind="")
    parts = {count.kind: count.quantity for count in printed.by_kind()}
    assert parts == {
        EngagementKind.LAUNCH: 4,
        EngagementKind.GENERAL: 20,
        EngagementKind.PRODUCT: 18,
        EngagementKind.OTHERS_EVENT: 16,
    }
    assert (total.quantity, printed.printed_sum()) == (58, 58)
    assert {(count.period_start, count.period_end) for count in printed.by_kind()} == {PERIOD}


@pytest.mark.demand("WP-41-2")
def test_attendance_is_combined_and_over_five_continents_online_since_may(printed):
    attendance = printed.get(measure=Measure.ATTENDANCE)
    assert (attendance.quantity, attendance.qualifier, attendance.as_printed) == (
        Decimal(30000),
        Qualifier.COMBINED,
        "combined 30,000",
    )
    assert printed.get(measure=Measure.CONTINENTS).as_printed == "5"
    online = printed.get(measure=Measure.ONLINE)
    assert (online.period_start, online.quantity, online.as_printed) == (date(2020, 5, 1), None, "")


@pytest.mark.demand("WP-41-3")
def test_six_languages_are_named_and_their_number_is_computed(printed):
    languages = printed.get(measure=Measure.LANGUAGES)
    assert languages.languages == ["es", "en", "fr", "pt", "ru", "id"]
    assert (languages.quantity, languages.evidence) == (6, Evidence.COMPUTED)


@pytest.mark.demand("RAT-13")
def test_mix_of_kinds_in_percent(printed):
    (period,) = printed_periods(Engagement.objects.all())
    assert [line.share for line in period.lines] == ["6.9 %", "34.5 %", "31.0 %", "27.6 %"]


@pytest.mark.demand("RAT-14")
def test_attendance_per_engagement(printed):
    (period,) = printed_periods(Engagement.objects.all())
    assert period.remarks == [
        "People who attended: combined 30,000; computed, about 517 an engagement.",
        "Continents: 5.",
        "Languages: Spanish, English, French, Portuguese, Russian, Indonesian (6).",
        "Engagements held online: since May 2020.",
    ]


def test_printed_counts_are_no_rows_of_the_register(printed):
    assert not Engagement.objects.exists()


def test_second_load_changes_nothing_and_an_edited_count_is_kept():
    load()
    assert load().changed == 0
    EngagementCount.objects.filter(kind="launch").update(quantity=5)
    assert [kept.fields for kept in load().kept] == [("quantity",)]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("code", "lecture", "“lecture” is no kind of engagement. Use one of launch, general"),
        ("qualifier", "roughly", "qualifier: Value 'roughly' is not a valid choice"),
    ],
)
def test_bad_line_names_its_place_and_loads_nothing(name, value, sentence):
    data = section()
    data["by_kind"][1][name] = value
    with pytest.raises(LoadError, match=r"^work_programme_2021_2023.yaml, line \d+: ") as refused:
        load(data)
    assert sentence in str(refused.value)
    assert not EngagementCount.objects.exists()
