from datetime import date

import pytest

from dissemination.models import Engagement, Output


@pytest.fixture
def new_engagement(db):
    def make(**fields):
        given = {"title": "A talk", "kind": "general", "held_on": date(2020, 3, 1), "place": "Geneva"}
        return Engagement.objects.create(**given | fields)

    return make


@pytest.fixture
def new_output(db):
    def make(**fields):
        return Output.objects.create(
            **{"kind": "press_release", "title": "A release", "issued_on": date(2021, 5, 17)} | fields
        )

    return make
