"""A case that was taken up, a letter on it, and three people who may not stand for it alone."""

from datetime import timedelta

import pytest

from communications.assessment.enums import Answer, Ground
from communications.assessment.models import CriterionAnswer
from communications.cases.models import Case
from communications.letters import drafts, sending
from communications.letters.loading import load_texts
from communications.models import Letter, Norm
from communications.services import move
from iesogi.deadlines.days import today
from iesogi.reference.loading import loading
from iesogi.reference.models import Mandate
from iesogi.safety.enums import Level, Method, Verdict
from iesogi.safety.models import RiskAssessment
from tests.communications.desk.conftest import (  # noqa: F401
    WHOLE,
    YES,
    case,
    custodian,
    decider,
    desk,
    enter,
    new_case,
    second,
)
from tests.vault.conftest import keys  # noqa: F401


@pytest.fixture
def texts(db):
    """Templates and norms as the data files bring them."""
    with loading("texts of letters") as loader:
        load_texts(loader)


@pytest.fixture
def ours(db):
    return Mandate.objects.create(code="ie-sogi", label="Independent Expert on SOGI", is_ours=True)


@pytest.fixture
def torture(db):
    return Mandate.objects.create(code="torture", label="Special Rapporteur on torture")


@pytest.fixture
def holder(decider):  # noqa: F811
    """The mandate holder with an open vault."""
    return decider


def take_up(case, by):  # noqa: F811
    """As the mandate holder decided; the assessment found grounds for every type of letter."""
    Case.objects.filter(pk=case.pk).update(
        state="taken_up", meets_c1=True, meets_c2=True, meets_c3=True, meets_c4=True
    )
    CriterionAnswer.objects.bulk_create(
        CriterionAnswer(case=case, question=ground, answer=Answer.YES, by=by.user, on=today()) for ground in Ground
    )
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def taken_up(case, desk):  # noqa: F811
    return take_up(case, desk)


@pytest.fixture
def risk(db, desk):  # noqa: F811
    """Decided in favour, and current."""
    return RiskAssessment.objects.create(
        subject_label="A letter",
        method=Method.COMMUNICATION,
        threat="Officials",
        mitigation="No names",
        safe_contact="By the source alone",
        verdict=Verdict.GO,
        decided_by=desk.user,
        decided_on=today(),
        review_on=today() + timedelta(days=30),
        **dict.fromkeys(["likelihood", "severity", "exposure", "digital"], Level.LOW),
    )


@pytest.fixture
def draft(texts, ours, taken_up, desk, kazakhstan):  # noqa: F811
    Case.objects.filter(pk=taken_up.pk).update(country=kazakhstan)
    norms = Norm.objects.filter(code__in=["iccpr-7", "yogyakarta"])
    return drafts.begin([taken_up], kind="AL", language="en", norms=norms, unlocked=desk)


@pytest.fixture
def approved(draft, desk, holder, risk):  # noqa: F811
    """On the desk of whoever sends it."""
    Letter.objects.filter(pk=draft.pk).update(risk_assessment=risk)
    move(draft, "approval", by=desk.user, on=today())
    return sending.approve(draft, unlocked=holder)
