"""Titles of the mandates that sign, in the language of the letter; in French with the article that each takes."""

import pytest

from communications.letters import drafts, merging
from communications.models import LetterTemplate
from iesogi.reference.models import Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(reference_data, texts, taken_up, desk):
    """`official("fr", "torture", "education")`: the first text of a letter that these mandates sign with us."""

    def first_text(language, *codes):
        mandates = sorted(Mandate.objects.filter(code__in=codes), key=lambda mandate: codes.index(mandate.code))
        letter = drafts.begin([taken_up], kind="AL", language=language, norms=[], mandates=mandates, unlocked=desk)
        return drafts.latest(letter, unlocked=desk).text

    return first_text


def opening(text):
    return next(line for line in text.splitlines() if "(A/HRC/RES/50/10)" in line)


def test_french_letter_gives_each_title_its_article(official):
    said = opening(official("fr", "torture", "arbitrary-detention"))
    assert "fonctions de l’Expert indépendant sur la protection contre la violence" in said
    assert "; du Rapporteur spécial sur la torture et autres peines" in said
    assert "; du Groupe de travail sur la détention arbitraire." in said
    assert "de Expert" not in said


def test_article_follows_who_holds_the_mandate(official):
    Mandate.objects.filter(code="torture").update(title_fr="Rapporteuse spéciale sur la torture", of_fr="de la")
    assert "; de la Rapporteuse spéciale sur la torture." in opening(official("fr", "torture"))


def test_spanish_letter_has_spanish_titles(official):
    said = opening(official("es", "education"))
    assert "calidad de Experto Independiente sobre la protección contra la violencia" in said
    assert "; Relator Especial sobre el derecho a la educación." in said


@pytest.mark.parametrize("language", ["fr", "es"])
def test_title_nobody_has_entered_stands_in_english_and_waits_for_a_person(official, language):
    Mandate.objects.filter(code="torture").update(title_fr="", title_es="")
    text = official(language, "torture")
    assert "Special Rapporteur on torture" in opening(text)
    assert any(place in opening(text) for place in merging.unfilled(text, language))


def test_french_title_without_its_article_waits_for_a_person(official):
    Mandate.objects.filter(code="torture").update(of_fr="")
    assert merging.unfilled(opening(official("fr", "torture")), "fr") != []


def test_english_letter_asks_for_no_other_title(official):
    text = opening(official("en", "torture"))
    assert merging.unfilled(text, "en") == []
    assert "Special Rapporteur on torture" in text


def test_templates_of_the_data_files_use_the_form_that_their_language_needs(texts):
    used = {row.language: "$of_capacities" in row.body for row in LetterTemplate.objects.filter(kind="AL")}
    assert used == {"en": False, "fr": True, "es": False}
