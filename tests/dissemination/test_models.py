"""What the database itself refuses, past every form."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from dissemination.enums import EngagementKind, Measure, OutputKind
from dissemination.models import Engagement, EngagementCount, Output

pytestmark = pytest.mark.django_db

PERIOD = {"period_start": date(2019, 9, 1), "period_end": date(2020, 7, 31)}


def count(**fields):
    given = {"code": "launches", "label": "Launches", "kind": "launch", "quantity": 4, **PERIOD}
    return EngagementCount(**given | fields)


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        ("engagement_has_a_place_or_is_online", {"place": ""}),
        ("engagement_attendance_has_a_qualifier", {"attendance": 10}),
        ("engagement_attendance_has_a_qualifier", {"attendance_qualifier": "about"}),
    ],
)
def test_engagement_that_contradicts_itself_is_refused(new_engagement, constraint, broken):
    refused_by(constraint, new_engagement(), broken)


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        ("engagementcount_period_ends_after_it_starts", {"period_end": date(2019, 8, 31)}),
        ("engagementcount_kind_counts_engagements", {"measure": Measure.ATTENDANCE}),
        ("engagementcount_quantity_has_a_qualifier", {"qualifier": ""}),
    ],
)
def test_count_that_contradicts_itself_is_refused(constraint, broken):
    kept = count()
    kept.save()
    refused_by(constraint, kept, broken)


def refused_by(constraint, row, broken):
    """By the database as an error, by the model in the sentence of the constraint."""
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**broken)
    for name, value in broken.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    rule = next(each for each in type(row)._meta.constraints if each.name == constraint)
    assert str(rule.violation_error_message) in refused.value.messages


def test_count_is_recorded_once_for_a_period():
    count().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        count(code="again").save()
    count(code="next", period_end=date(2020, 8, 31)).save()
    assert EngagementCount.objects.count() == 2


@pytest.mark.parametrize("fields", [{"online": True, "place": ""}, {"attendance": 0, "attendance_qualifier": "exact"}])
def test_online_or_counted_engagement_is_whole(new_engagement, fields):
    new_engagement(**fields).full_clean()


def test_unknown_language_is_refused_by_the_model(new_engagement, new_output):
    for row in (new_engagement(languages=["klingonish"]), new_output(language="xx")):
        with pytest.raises(ValidationError, match="is not the code of a language"):
            row.full_clean()


def test_where_says_place_state_and_screen(new_engagement):
    assert new_engagement(online=True).where == "Geneva, online"


@pytest.mark.demand("WP-40-1")
def test_every_printed_kind_of_output_has_its_place(new_engagement, new_output):
    """Five kinds are outputs; speaking engagements have a register of their own."""
    kinds = [
        OutputKind.POLICY_STATEMENT,
        OutputKind.PUBLICATION,
        OutputKind.INTERVIEW,
        OutputKind.PRESS_RELEASE,
        OutputKind.SOCIAL_POST,
    ]
    for kind in kinds:
        new_output(kind=kind).full_clean()
    new_engagement(kind=EngagementKind.GENERAL).full_clean()
    assert [Output.objects.of_kind(kind).count() for kind in kinds] == [1] * 5
    assert Engagement.objects.count() == 1


def test_querysets_count_both_ends_of_a_period(new_engagement, new_output):
    for day in (date(2019, 8, 31), date(2019, 9, 1), date(2020, 7, 31), date(2020, 8, 1)):
        new_engagement(held_on=day, attendance=10, attendance_qualifier="about")
        new_output(issued_on=day)
    held = Engagement.objects.in_period(*PERIOD.values())
    assert (held.count(), held.attendance(), held.count_by_kind()) == (2, 20, {"general": 2})
    assert Output.objects.in_period(*PERIOD.values()).count() == 2
    assert Engagement.objects.none().attendance() == 0
