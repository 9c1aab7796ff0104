"""How the mandate looks at matters, as loaded (WP 2021-2023 paras 4, 5, 8, 9; ILGA page)."""

from datetime import date

import pytest

from iesogi.reference.enums import PerspectiveKind
from iesogi.reference.models import Perspective


def codes(rows):
    return sorted(rows.values_list("code", flat=True))


@pytest.mark.demand("WP-5b")
def test_factors_are_the_twelve_of_both_lists(reference_data):
    assert set(codes(Perspective.objects.factors())) == {
        "race",
        "ethnicity",
        "religion_belief",
        "health",
        "socio_economic",
        "migration",
        "other_status",
        "sex",
        "age",
        "class",
        "caste",
        "disability",
    }
    assert "privilege" in " ".join(Perspective.objects.get(code="intersectionality").aims)
    assert "drugs" in Perspective.objects.get(code="other_status").note


@pytest.mark.demand("WP-8-3")
def test_second_list_lacks_sex_and_the_union_keeps_it(reference_data):
    second = [factor.code for factor in Perspective.objects.factors() if 8 in factor.paragraphs]
    assert (len(second), "sex" in second) == (11, False)
    assert Perspective.objects.get(code="sex").paragraphs == [5]


@pytest.mark.demand("WP-8-2")
def test_root_causes_have_four_dimensions(reference_data):
    rows = Perspective.objects.of_kind(PerspectiveKind.ROOT_CAUSE)
    assert codes(rows) == ["anthropological", "historical", "political", "socio_cultural"]


@pytest.mark.demand("WP-9-1")
def test_populations_are_those_of_paragraph_nine(reference_data):
    assert set(codes(Perspective.objects.populations())) == {
        "refugees",
        "asylum_seekers",
        "migrants",
        "indigenous",
        "deprived_of_liberty",
        "young",
        "older",
        "disabilities",
    }


@pytest.mark.demand("WP-9-2")
def test_focus_of_the_period_joins_race_and_ethnicity(reference_data):
    focus = Perspective.objects.focus(on=date(2022, 6, 1)).get()
    assert codes(focus.combines) == ["ethnicity", "race"]


@pytest.mark.parametrize(
    ("day", "count"), [(date(2020, 12, 31), 0), (date(2021, 1, 1), 1), (date(2023, 12, 31), 1), (date(2024, 1, 1), 0)]
)
def test_focus_ends_with_its_period(reference_data, day, count):
    assert Perspective.objects.focus(on=day).count() == count


@pytest.mark.demand("WP-4a")
def test_first_pillar_concerns_awareness(reference_data):
    assert Perspective.objects.get(code="awareness").aims == ["social awareness", "perception", "opinion"]


@pytest.mark.demand("WP-4b")
def test_second_pillar_has_three_realms_and_three_duties(reference_data):
    parts = Perspective.objects.get(code="measures").parts
    assert codes(parts.of_kind(PerspectiveKind.REALM)) == [
        "access_to_justice",
        "executive_administrative",
        "legislation_policy",
    ]
    assert codes(parts.of_kind(PerspectiveKind.DUTY)) == ["prevent", "promote", "protect"]
    assert "remedy" in parts.get(code="protect").label


def test_dialogue_has_three_aims(reference_data):
    assert len(Perspective.objects.get(code="dialogue").aims) == 3


@pytest.mark.demand("ILGA-10")
def test_topics_of_the_ilga_page_are_tags(reference_data):
    rows = Perspective.objects.of_kind(PerspectiveKind.TOPIC)
    assert codes(rows) == ["criminalisation", "data", "gender_recognition", "good_practice"]
