from datetime import date

import pytest

from communications.models import Letter
from dissemination.models import Activity, Engagement, Indicator, Output, Post, PressItem, Strategy
from iesogi.reference.models import Country
from reports.models import Report


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


@pytest.fixture
def report(db):
    return Report.objects.create(
        title="On data", forum="HRC", year=2027, symbol="A/HRC/65/1", state="issued", issued_on=date(2027, 5, 1)
    )


@pytest.fixture
def kazakhstan(db):
    names = {f"name_{language}": "Kazakhstan" for language in ("en", "fr", "es", "ar", "ru", "zh")}
    return Country.objects.create(iso3="KAZ", iso2="KZ", regional_group="ASIA_PACIFIC", **names)


@pytest.fixture
def new_letter(kazakhstan):
    def make(number=2, **fields):
        given = {"kind": "AL", "country": kazakhstan, "reference_code": "KAZ", "year": 2021}
        return Letter.objects.create(number=number, sent_on=date(2021, 3, 1), **given | fields)

    return make


@pytest.fixture
def strategy_of(db):
    """A strategy; with `complete=True` it has what domain.md R16 asks for."""

    def make(*, complete=True, **fields):
        strategy = Strategy.objects.create(considered="yes", objectives="To be read." if complete else "", **fields)
        if complete:
            stage = "after_publication" if "letter" in fields else "after_presentation"
            Activity.objects.create(strategy=strategy, stage=stage, kind="other", title="A talk")
            Indicator.objects.create(strategy=strategy, label="Talks", measured_by="hand")
        return strategy

    return make


@pytest.fixture
def new_post(officer):
    def make(text="Read the report.", network="twitter", **fields):
        post = Post.objects.create(**{"title": "The report is out", "author": officer} | fields)
        post.versions.create(network=network, language="en", text=text)
        return post

    return make


@pytest.fixture
def release(officer):
    item = PressItem.objects.create(title="The report is out", author=officer)
    item.texts.create(language="en", title="The report is out", body="It says so.")
    return item
