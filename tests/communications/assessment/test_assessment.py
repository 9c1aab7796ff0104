"""Criteria answered by a person: the answer readable, why sealed; and consent line by line."""

import pytest
from django.db import IntegrityError, transaction

from communications.assessment import ledger, services
from communications.assessment.models import CriterionAnswer
from communications.cases.models import Case
from communications.desk import filing, opening
from communications.exceptions import StepRefused
from iesogi.deadlines.days import today
from tests.communications.desk.conftest import case, custodian, decider, desk, enter, new_case, url  # noqa: F401
from tests.vault.conftest import keys  # noqa: F401

pytestmark = pytest.mark.django_db


def test_answer_is_readable_and_why_is_sealed(desk, case):  # noqa: F811
    services.assess(case, question="C2", answer="not_known", why="No canary saw them.", unlocked=desk)
    services.assess(case, question="C2", answer="yes", why="A canary saw two.", unlocked=desk)
    found = opening.look(case, unlocked=desk)
    row = next(each for each in services.standing(case, found) if each["question"] == "C2")
    assert (row["row"].answer, row["why"]) == ("yes", "A canary saw two.")
    assert Case.objects.get().meets_c2
    assert CriterionAnswer.objects.count() == 2
    assert "canary" not in str(list(CriterionAnswer.objects.values())).lower()


def test_answer_needs_its_why(desk, case):  # noqa: F811
    with pytest.raises(StepRefused, match="Say why"):
        services.assess(case, question="C1", answer="no", why=" ", unlocked=desk)


@pytest.mark.parametrize("state", ["proposed", "taken_up"])
def test_minimum_does_not_fall_under_a_decision(desk, case, state):  # noqa: F811
    """R3, R6: in the service with a sentence, in the database without one."""
    Case.objects.update(state=state)
    case.refresh_from_db()
    with pytest.raises(StepRefused, match="rests on this"):
        services.assess(case, question="C3", answer="no", why="It was a false name.", unlocked=desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(meets_c3=False)


@pytest.mark.parametrize(
    ("given", "yes"),
    [
        ({"timing": "happened"}, {"past"}),
        ({"timing": "ongoing"}, {"ongoing"}),
        ({"timing": "imminent", "matter": "law"}, {"ongoing", "law"}),
    ],
)
def test_report_points_to_the_grounds_of_a_type(desk, new_case, given, yes):  # noqa: F811
    report = opening.look(new_case(**given), unlocked=desk).report
    assert {ground for ground, answer in services.suggestions(report).items() if answer == "yes"} == yes


def test_ledger_says_who_when_how_and_withdrawn(desk, case):  # noqa: F811
    filing.record_consent(
        case,
        unlocked=desk,
        given_on=today(),
        code="*",
        use="in_press",
        answer="no",
        given_by="a lawyer",
        how="written",
    )
    entries = ledger.entries(opening.look(case, unlocked=desk))
    assert [entry.code for entry in entries] == ["A"] * 4 + ["everybody"]
    last = entries[-1]
    assert (last.uses, last.given_by, last.how, last.is_withdrawal) == (
        "The name towards the press", "a lawyer", "written", True,
    )  # fmt: skip
    assert (last.given_on, last.recorded_by) == (today().isoformat(), "amal")


def test_page_asks_and_keeps(desk, case, enter):  # noqa: F811
    client = enter(desk)
    given = {"question": "ongoing", "answer": "yes", "why": "They come every week."}
    assert client.post(url("assess", case.pk), given).status_code == 302
    page = client.get(url("assessment", case.pk)).content.decode()
    assert "They come every week." in page
    assert client.post(url("assess", case.pk), given | {"why": ""}).status_code == 200
    with pytest.raises(TypeError, match="never changed"):
        CriterionAnswer.objects.update(answer="no")


def test_answer_leads_back_to_the_other_questions(enter, desk, case):  # noqa: F811
    given = {"question": "past", "answer": "yes", "why": "It was in May."}
    response = enter(desk).post(url("assess", case.pk), given)
    assert response["Location"] == url("assessment", case.pk)


def test_risk_assessment_begins_as_one_of_a_communication(enter, desk, case):  # noqa: F811
    page = enter(desk).get(url("assessment", case.pk)).content.decode()
    assert "/admin/safety/riskassessment/add/?method=communication" in page
