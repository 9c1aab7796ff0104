from datetime import date

import pytest

from reports.enums import Stage
from reports.models import MethodStep, Report, Theme

METHOD = {
    Stage.LITERATURE_REVIEW: 210,
    Stage.CALL_FOR_INPUTS: 84,
    Stage.AD_HOC: 70,
    Stage.DRAFTING: 35,
    Stage.SUBMISSION: 0,
    Stage.EDIT_TRANSLATE: -28,
}


@pytest.fixture
def method(db):
    """A short standard method; the ad hoc step is optional."""
    for order, (stage, days) in enumerate(METHOD.items(), 1):
        MethodStep.objects.create(
            stage=stage, order=order, phase="initial", days_before_slot=days, optional=stage == Stage.AD_HOC
        )


@pytest.fixture
def new_report(db):
    def make(**given):
        fields = {"title": "A theme", "forum": "HRC", "year": 2027, "participation": "Talks with communities."}
        return Report.objects.create(**fields | given)

    return make


@pytest.fixture
def report(new_report):
    """Due at document services on Wednesday 31 March 2027."""
    return new_report(slot_date=date(2027, 3, 31))


@pytest.fixture
def new_theme(db):
    def make(code="a-theme", **given):
        fields = {"label": "A theme", "forum": "HRC", "year": 2027}
        return Theme.objects.create(code=code, **fields | given)

    return make


@pytest.fixture
def theme(new_theme):
    return new_theme()
