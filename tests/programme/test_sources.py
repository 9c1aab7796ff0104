"""Facts of the sources that the page states."""

import pytest
from django.urls import reverse

from iesogi.programme.models import Footnote, PrintedFigure
from reports.models import Theme


@pytest.mark.demand("WP-16-1")
def test_six_underpinnings_of_2017_and_eight_themes_by_the_end_of_2020(programme):
    assert PrintedFigure.objects.get(programme=programme, code="thematic_underpinnings").quantity == 6
    done = Theme.objects.done().exclude(letter="")
    assert sorted(done.values_list("letter", flat=True)) == list("abcdefgh")
    assert set(done.values_list("year", flat=True)) <= {2017, 2018, 2019, 2020}


@pytest.mark.demand("WP-fn5")
def test_source_of_the_effect_of_visits_is_a_footnote(programme):
    footnote = Footnote.objects.get(programme=programme, number=5)
    assert footnote.paragraph.number == 21
    assert "Catalyst for Change" in footnote.body
    assert "2012" in footnote.body


@pytest.mark.demand("CT-1")
def test_mail_address_of_the_mandate_stands_on_every_page(programme, client):
    for name in ("home", "about", "programme:detail"):
        assert "mailto:ie-sogi@ohchr.org" in client.get(reverse(name)).content.decode()
