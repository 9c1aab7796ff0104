"""Where a recommendation comes from, what the database refuses, and how rows are found."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from visits.models import Visit
from visits.recommendations.enums import SourceKind, Status, TagKind
from visits.recommendations.models import Recommendation, RecommendationTag

pytestmark = pytest.mark.django_db


def test_reference_is_the_symbol_with_the_paragraph(new_recommendation):
    assert str(new_recommendation(source_paragraph="75 (a)")) == "A/HRC/44/53/Add.1, para. 75 (a)"


@pytest.mark.parametrize("kind", ["promotional", "advisory"])
def test_only_country_visits_hold_recommendations(new_recommendation, kind):
    recommendation = new_recommendation()
    recommendation.visit = Visit.objects.create(kind=kind, country=recommendation.country)
    with pytest.raises(ValidationError, match="makes no findings, so it holds no recommendations"):
        recommendation.full_clean()


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ({"source_public_on": None}, "public_only_with_its_source"),
        ({"status": Status.IMPLEMENTED}, "status_rests_on_an_assessment"),
        ({"specificity": 6}, "specificity_from_1_to_5"),
        ({"reference": "twice"}, "reference_once|recommendation.reference"),
    ],
)
def test_database_refuses(new_recommendation, broken, name):
    new_recommendation(reference="twice")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        new_recommendation(**broken)


@pytest.mark.parametrize(("code", "part_of"), [("5", ""), ("16.3", "16"), ("17.b", "17")])
def test_goal_and_target_have_their_numbers(code, part_of):
    tag = RecommendationTag(kind=TagKind.SDG, code=code, label=code)
    tag.full_clean()
    assert tag.part_of == part_of


@pytest.mark.parametrize("code", ["18", "0", "5.", "equality", "5.x"])
def test_number_that_is_no_goal_is_refused(code):
    with pytest.raises(ValidationError, match="A Goal is a number from 1 to 17"):
        RecommendationTag(kind=TagKind.SDG, code=code, label="x").full_clean()


@pytest.mark.parametrize("words", ["repeal PUNISH", "armenie", "44/53", "Arménie provisions", "para 75"])
def test_words_find_text_symbol_and_state_in_any_language(new_recommendation, words):
    wanted = new_recommendation(source_paragraph="75 (a)")
    new_recommendation("GHA", text="Train the police.", source_symbol="A/HRC/50/27", source_paragraph="1")
    assert list(Recommendation.objects.matching(words)) == [wanted]


def test_goal_finds_its_targets_and_tags_do_not_double_rows(new_recommendation):
    recommendation, _other = new_recommendation(), new_recommendation()
    goal = RecommendationTag.objects.create(kind=TagKind.SDG, code="16", label="Peace and justice")
    target = RecommendationTag.objects.create(kind=TagKind.SDG, code="16.3", label="Rule of law")
    recommendation.tags.set([goal, target])
    assert list(Recommendation.objects.tagged(TagKind.SDG, "16")) == [recommendation]
    assert list(Recommendation.objects.tagged(TagKind.SDG, "16.3")) == [recommendation]
    assert not Recommendation.objects.tagged(TagKind.SDG, "1").exists()


def test_tally_is_one_query_and_adds_up(new_recommendation, found):
    for status in (Status.IMPLEMENTED, Status.IMPLEMENTED, Status.PARTIAL):
        found(new_recommendation(), status)
    new_recommendation()
    with CaptureQueriesContext(connection) as captured:
        tally = Recommendation.objects.public().tally()
    assert len(captured) == 1
    assert (tally["implemented"], tally["partially_implemented"], tally["not_assessed"]) == (2, 1, 1)
    assert sum(tally.values()) == 4


@pytest.mark.parametrize(("public_on", "seen"), [(None, False), (date(2020, 6, 1), True)])
def test_outside_the_fence_secret_letters_do_not_exist(new_recommendation, assistant, officer, public_on, seen):
    new_recommendation(source_kind=SourceKind.COMMUNICATION, source_public_on=public_on, is_public=False)
    assert Recommendation.objects.visible_to(officer).count() == 1
    assert Recommendation.objects.visible_to(assistant).exists() is seen
