"""The way from a letter to its risk assessment."""

import pytest
from django.urls import reverse

from communications.letters import safety
from communications.models import Letter
from iesogi.deadlines.days import today
from iesogi.safety.enums import Method, Verdict
from iesogi.safety.models import RiskAssessment

pytestmark = pytest.mark.django_db
ADD = "/admin/safety/riskassessment/add/"


def ways(letter, desk):
    return dict(safety.ways(letter, user=desk.user, on=today()))


def offered(letter, client):
    page = client.get(reverse("admin:communications_letter_change", args=[letter.pk]))
    field = page.context["adminform"].form.fields["risk_assessment"]
    return [label for value, label in field.choices if value]


def test_letter_without_an_assessment_leads_to_a_new_one_that_is_begun_with_what_it_says(draft, desk, enter):
    client = enter(desk)
    assert f'href="{ADD}?method=communication' in client.get(f"/admin/communications/letter/{draft.pk}/text/").text
    form = client.get(ways(draft, desk)["Write a risk assessment"]).context["adminform"].form
    begun = {name: str(form.initial[name]) for name in ("method", "country", "subject_label", "subject_url")}
    assert begun == {
        "method": "communication",
        "country": str(draft.country_id),
        "subject_label": f"Letter {draft.pk}, not numbered yet",
        "subject_url": f"/admin/communications/letter/{draft.pk}/change/",
    }


def test_assessment_that_waits_for_its_decision_is_led_to(draft, desk, risk):
    RiskAssessment.objects.update(verdict=Verdict.PENDING, decided_by=None, decided_on=None, review_on=None)
    Letter.objects.update(risk_assessment=risk)
    address = f"/admin/safety/riskassessment/{risk.pk}/change/"
    assert ways(Letter.objects.get(), desk) == {"Open the risk assessment": address}


def test_assessment_that_holds_leads_nowhere(draft, desk, risk):
    Letter.objects.update(risk_assessment=risk)
    assert ways(Letter.objects.get(), desk) == {}


def test_letter_chooses_among_assessments_that_fit(draft, desk, risk, egypt, enter):
    client = enter(desk)
    [label] = offered(draft, client)
    assert label.startswith("A letter, Planning (1) · Go")
    RiskAssessment.objects.update(country=egypt)
    assert offered(draft, client) == []
    RiskAssessment.objects.update(country=draft.country)
    assert len(offered(draft, client)) == 1
    RiskAssessment.objects.update(method=Method.VISIT)
    assert offered(draft, client) == []
    Letter.objects.update(risk_assessment=risk)
    assert len(offered(draft, client)) == 1  # what was chosen is not lost by saving the page
