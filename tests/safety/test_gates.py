"""Do no harm is a gate: nothing that involves people is confirmed without a current, favourable decision."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from iesogi.audit.models import Entry
from iesogi.safety import services
from iesogi.safety.enums import Level, Precaution, Verdict
from iesogi.safety.exceptions import SafetyRefused
from iesogi.safety.gates import may_confirm
from iesogi.safety.models import RiskAssessment

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def spring():
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
        yield


@pytest.mark.demand("WP-7-2")
def test_gate_is_shut_without_an_assessment():
    decision = may_confirm(None, on=DAY)
    assert not decision
    assert decision.reason.startswith("There is no risk assessment yet.")


def test_gate_is_shut_before_the_decision_and_open_after_it(new_assessment, officer):
    assessment = new_assessment()
    assert may_confirm(assessment, on=DAY).reason.startswith("The risk assessment is not decided.")
    assessment = services.decide(assessment, verdict=Verdict.GO, by=officer)
    assert may_confirm(assessment, on=DAY)
    assert (assessment.decided_by, assessment.decided_on) == (officer, DAY)


def test_gate_is_shut_after_no_go(new_assessment, officer):
    assessment = services.decide(new_assessment(), verdict=Verdict.NO_GO, by=officer, conditions="Arrests last week.")
    assert "no go" in may_confirm(assessment, on=DAY).reason


@pytest.mark.parametrize(
    ("on", "opens"), [(date(2026, 5, 1), True), (date(2026, 5, 2), False), (date(2026, 3, 1), False)]
)
def test_gate_is_open_from_the_decision_until_the_review_date(new_assessment, officer, on, opens):
    assessment = services.decide(new_assessment(), verdict=Verdict.GO, by=officer, review_on=date(2026, 5, 1))
    assert bool(may_confirm(assessment, on=on)) is opens
    assert RiskAssessment.objects.current(on=on).exists() is opens


@pytest.mark.demand("WP-7-5")
def test_new_version_shuts_the_gate_of_the_old_one(new_assessment, officer):
    old = services.decide(new_assessment(), verdict=Verdict.GO, by=officer)
    new = services.revise(old, by=officer)
    assert (new.version, new.verdict, new.threat) == (2, Verdict.PENDING, old.threat)
    assert "newer version" in may_confirm(old, on=DAY).reason
    with pytest.raises(SafetyRefused, match="newer version already"):
        services.revise(old, by=officer)


def test_go_needs_the_whole_checklist_and_conditions_do_not(new_assessment, officer):
    assessment = new_assessment(precautions=[Precaution.CONSENT])
    with pytest.raises(SafetyRefused, match="checklist is not complete"):
        services.decide(assessment, verdict=Verdict.GO, by=officer)
    assert services.decide(
        assessment, verdict=Verdict.CONDITIONAL, conditions="By the UN only.", by=officer
    ).is_decided


def test_decision_is_taken_once_and_stands_in_the_chain(new_assessment, officer):
    assessment = services.decide(new_assessment(), verdict=Verdict.GO, by=officer)
    with pytest.raises(SafetyRefused, match="decided already"):
        services.decide(assessment, verdict=Verdict.NO_GO, conditions="x", by=officer)
    assert [entry.data for entry in Entry.objects.about(assessment)] == [{"verdict": "go"}]


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ({"verdict": "go"}, "named_and_dated"),
        ({"mitigation": ""}, "needs_a_plan"),
        ({"verdict": "no_go"}, "conditions_are_said"),
        ({"review_on": date(2020, 1, 1)}, "holds_for_a_time"),
    ],
)
def test_database_keeps_the_rules(new_assessment, officer, broken, name):
    sound = {"verdict": "go", "decided_by": officer, "decided_on": DAY, "review_on": DAY}
    fields = broken if name == "named_and_dated" else sound | broken
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        new_assessment(**fields)


@pytest.mark.parametrize(
    ("levels", "worst"),
    [((1, 1, 1, 1), 1), ((1, 4, 1, 1), 3), ((4, 4, 1, 1), 4), ((1, 1, 1, 4), 4), ((1, 2, 1, 1), 2)],
)
def test_level_is_the_worst_of_its_parts(levels, worst):
    parts = dict(zip(("likelihood", "severity", "exposure", "digital"), levels, strict=True))
    assert RiskAssessment(**parts).level == Level(worst)
