"""Titles of mandates in French and Spanish, as the data file brings them."""

import pytest
from django.utils import translation

from iesogi.reference.models import Mandate

pytestmark = pytest.mark.django_db
ARTICLES = {"Rapporteur": "du ", "Groupe": "du ", "Expert": "de l’"}


def test_every_mandate_of_the_data_has_both_titles_and_the_right_article(reference_data):
    wrong = [
        mandate.code
        for mandate in Mandate.objects.all()
        if not mandate.title_es
        or not mandate.title_after_of("fr").startswith(ARTICLES.get(mandate.title_fr.split(" ")[0], "?"))
    ]
    assert (Mandate.objects.count(), wrong) == (60, [])


def test_country_mandate_is_named_in_the_language_of_the_reader(reference_data):
    mali = Mandate.objects.get(code="mali")
    names = []
    for language in ("en", "fr", "es", "ar"):
        with translation.override(language):
            names.append(mali.name)
    assert names == [
        "Independent Expert on the situation of human rights in Mali",
        "Expert indépendant sur la situation des droits de l’homme au Mali",
        "Experto Independiente sobre la situación de los derechos humanos en Malí",
        "Independent Expert on the situation of human rights in Mali",
    ]
