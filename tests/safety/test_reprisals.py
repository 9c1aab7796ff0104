"""The register of reprisals: a ladder that asks those concerned, follow-up until there is an outcome, no names."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from iesogi.accounts.models import User
from iesogi.audit.models import Entry
from iesogi.deadlines.models import Deadline
from iesogi.reference.models import Country
from iesogi.safety import services
from iesogi.safety.enums import IN_PUBLIC, TOWARDS_STATE, Agreement, Demand, Response, Rung
from iesogi.safety.exceptions import SafetyRefused
from iesogi.safety.models import Reprisal, ReprisalStep, RiskAssessment

pytestmark = pytest.mark.django_db
LISTS = ["riskassessment", "reprisal"]


@pytest.fixture(autouse=True)
def spring():
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
        yield


@pytest.fixture
def new_reprisal(db):
    def make(**given):
        fields = {"label": "Reprisal 2026-1", "cooperation": "visit", "act": "threat", "reported_on": date(2026, 3, 1)}
        return Reprisal.objects.create(**fields | given)

    return make


@pytest.mark.parametrize("rung", Rung)
@pytest.mark.parametrize("agreed", Agreement)
def test_ladder_asks_those_concerned(new_reprisal, officer, rung, agreed):
    """What was not asked is not agreed; inside the house nobody has to agree."""
    reprisal = new_reprisal(confidential=agreed, public=agreed)
    if agreed == Agreement.YES or rung not in TOWARDS_STATE | IN_PUBLIC:
        services.take_step(reprisal, rung=rung, by=officer)
        assert [step.rung for step in reprisal.steps.all()] == [rung]
    else:
        with pytest.raises(SafetyRefused, match="have not agreed"):
            services.take_step(reprisal, rung=rung, by=officer)
        assert not ReprisalStep.objects.exists()


def test_agreement_to_speak_with_the_government_is_none_to_speak_in_public(new_reprisal, officer):
    reprisal = new_reprisal(confidential=Agreement.YES)
    services.take_step(reprisal, rung=Rung.MEETING, by=officer)
    with pytest.raises(SafetyRefused, match="raised in public"):
        services.take_step(reprisal, rung=Rung.STATEMENT, by=officer)


def test_follow_up_is_a_deadline_that_says_nothing(new_reprisal, officer):
    reprisal = new_reprisal(label="CANARY")
    for day in (date(2026, 4, 1), date(2026, 5, 1)):
        services.take_step(reprisal, rung=Rung.FIELD, follow_up_on=day, by=officer)
    deadline = Deadline.objects.get()
    assert (deadline.due_on, deadline.kind.confidential, deadline.owner) == (date(2026, 5, 1), True, officer)
    assert "CANARY" not in str(Deadline.objects.values().get())


def test_nothing_is_asked_of_a_state_without_the_agreement_of_those_concerned(new_reprisal, officer):
    reprisal = new_reprisal()
    asked = {"demand": Demand.REMEDY, "response": Response.ASKED, "by": officer}
    with pytest.raises(SafetyRefused, match="have not agreed that this is raised with the Government"):
        services.record_demand(reprisal, **asked)
    Reprisal.objects.update(confidential=Agreement.YES)
    assert services.record_demand(reprisal, **asked).demands["remedy"] == "asked"


@pytest.mark.demand("WP-7-6")
def test_demands_on_the_state_are_followed_one_by_one(new_reprisal, officer):
    reprisal = services.record_demand(
        new_reprisal(), demand=Demand.INVESTIGATION, response=Response.PROMISED, by=officer
    )
    assert reprisal.demands == {"investigation": "promised", "prosecution": "not_asked", "remedy": "not_asked"}
    assert Entry.objects.get(verb="reprisal.demand").data["was"] == "not_asked"


def test_reprisal_is_followed_until_its_outcome_is_written_and_can_come_back(new_reprisal, officer):
    reprisal = new_reprisal()
    services.take_step(reprisal, rung=Rung.FIELD, follow_up_on=date(2026, 4, 1), by=officer)
    with pytest.raises(SafetyRefused, match="how it ended"):
        services.close(reprisal, outcome=" ", by=officer)
    services.close(reprisal, outcome="Charges dropped.", by=officer)
    assert Deadline.objects.get().state == "done"
    with pytest.raises(SafetyRefused, match="Open it again"):
        services.take_step(reprisal, rung=Rung.FIELD, by=officer)
    with pytest.raises(SafetyRefused, match="is past"):
        services.reopen(reprisal, follow_up_on=date(2020, 1, 1), by=officer)
    reopened = services.reopen(reprisal, follow_up_on=date(2026, 6, 1), by=officer)
    assert (reopened.is_open, reopened.follow_up.due_on) == (True, date(2026, 6, 1))


def test_report_of_the_secretary_general_names_only_who_agreed(new_reprisal):
    with pytest.raises(IntegrityError, match="named_in_public"), transaction.atomic():
        new_reprisal(sg_report_year=2026, sg_anonymised=False)


def test_register_answers_who_waits_and_what_falls_into_a_window(new_reprisal, officer):
    first = new_reprisal()
    second = new_reprisal(label="Reprisal 2026-2", reported_on=date(2026, 2, 1))
    services.take_step(second, rung=Rung.FIELD, by=officer)
    assert list(Reprisal.objects.without_step()) == [first]
    assert list(Reprisal.objects.of_window(date(2026, 2, 1), date(2026, 2, 28))) == [second]


def test_nothing_here_points_at_a_person_or_a_case():
    for model in (Reprisal, ReprisalStep, RiskAssessment):
        targets = {field.related_model for field in model._meta.local_fields if field.is_relation}
        assert targets <= {Country, User, Deadline, Reprisal, RiskAssessment}


# Pages of staff


@pytest.mark.parametrize("name", LISTS)
def test_pages_open_for_the_desk_and_not_for_those_paid_from_outside(as_user, officer, manager, name):
    address = f"/admin/safety/{name}/add/"
    assert as_user(officer).get(address).status_code == 200
    assert as_user(manager).get(address).status_code == 403
    officer.paid_by = "outside"
    officer.save(update_fields=["paid_by"])
    assert as_user(officer).get(address).status_code == 403


def test_desk_writes_decides_and_revises_on_pages(as_user, officer):
    client = as_user(officer)
    fields = {"subject_label": "Country visit", "method": "visit", "check_point": "planning", "threat": "Police"}
    fields |= dict.fromkeys(("likelihood", "severity", "exposure", "digital"), 2)
    fields |= {"mitigation": "Meet elsewhere", "safe_contact": "A signal", "precautions": ["consent", "contact"]}
    assert client.post("/admin/safety/riskassessment/add/", fields).status_code == 302
    assessment = RiskAssessment.objects.get()
    decide = f"/admin/safety/riskassessment/{assessment.pk}/decide/"
    page = client.post(decide, {"verdict": "go", "conditions": "kept words"}).content.decode()
    assert "checklist is not complete" in page
    assert "kept words" in page
    client.post(decide, {"verdict": "conditional", "conditions": "Only with the UN."})
    assessment.refresh_from_db()
    assert (assessment.verdict, assessment.decided_by) == ("conditional", officer)
    client.post(f"/admin/safety/riskassessment/{assessment.pk}/change/", fields | {"threat": "other"})
    client.post(f"/admin/safety/riskassessment/{assessment.pk}/revise/")
    assert list(RiskAssessment.objects.order_by("pk").values_list("threat", "version")) == [
        ("Police", 1),
        ("Police", 2),
    ]


def test_step_is_recorded_on_the_page_of_the_reprisal(as_user, officer, new_reprisal):
    client, reprisal = as_user(officer), new_reprisal()
    assert (
        "not agreed"
        in client.post(f"/admin/safety/reprisal/{reprisal.pk}/step/", {"rung": "statement"}).content.decode()
    )
    client.post(f"/admin/safety/reprisal/{reprisal.pk}/step/", {"rung": "field", "note": "By telephone"})
    assert "By telephone" in client.get(f"/admin/safety/reprisal/{reprisal.pk}/change/").content.decode()


def test_decided_checklist_is_read_in_sentences(as_user, officer):
    decided = {"verdict": "conditional", "decided_by": officer, "decided_on": date(2021, 4, 1)}
    plan = {"mitigation": "Meet elsewhere", "safe_contact": "A signal", "conditions": "Only with the UN."}
    levels = dict.fromkeys(("likelihood", "severity", "exposure", "digital"), 2)
    given = {"subject_label": "Visit", "method": "visit", "threat": "Police", "precautions": ["consent"]}
    row = RiskAssessment.objects.create(review_on=date(2021, 9, 1), **given, **levels, **plan, **decided)
    page = as_user(officer).get(f"/admin/safety/riskassessment/{row.pk}/change/").content.decode()
    assert "<li>● Everybody who takes part is told the risks" in page
    assert "<li>○ The State was told that no reprisal is tolerated" in page
    assert "&quot;consent&quot;" not in page


def test_next_look_lies_ahead(new_reprisal, officer):
    with pytest.raises(SafetyRefused, match="day to look again is past"):
        services.take_step(new_reprisal(), rung="field", follow_up_on=date(2021, 1, 1), by=officer)
    assert not ReprisalStep.objects.exists()


@pytest.mark.parametrize(
    ("address", "is_link"),
    [("/admin/visits/visit/1/change/", True), ("//example.org/", False), ("javascript:alert(1)", False), ("", False)],
    ids=["of the portal", "of another host", "a script", "none"],
)
def test_page_of_a_reprisal_leads_to_the_activity_of_this_portal_alone(
    as_user, officer, new_reprisal, address, is_link
):
    reprisal = new_reprisal(cooperation_label="Visit, spring", cooperation_url=address)
    content = as_user(officer).get(f"/admin/safety/reprisal/{reprisal.pk}/change/").content.decode()
    assert (f'<a href="{address}">Visit, spring</a>' in content) == is_link
