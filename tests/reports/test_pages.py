"""The pages of a report: each opens, says what stands in the way, and asks the database as often with more rows."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.enums import Stage
from reports.method import approvals, milestones
from reports.models import Consultation, Finding, MethodStep
from reports.pages.sections import SECTIONS
from reports.services import plan_milestones

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def winter():
    with time_machine.travel("2027-01-20T10:00:00Z", tick=False):
        yield


@pytest.fixture
def planned(method, report):
    plan_milestones(report, by=None)
    return report


def said(desk, report, code):
    response = desk.get(f"/admin/reports/report/{report.pk}/page/{code}/", follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("code", [section.code for section in SECTIONS])
def test_page_opens_with_a_plan_and_without_one(desk, planned, new_report, code):
    assert 'aria-current="page"' in said(desk, planned, code)
    assert 'aria-current="page"' in said(desk, new_report(forum="", year=None, participation=""), code)


def test_overview_says_what_is_late_and_what_had_to_begin(desk, planned):
    MethodStep.objects.filter(stage=Stage.DRAFTING).update(duration_days=42)
    text = said(desk, planned, "overview")
    assert "Drafting had to begin by 13 January 2027 to be ready in time." in text
    assert "Literature review and background document, 2 September 2026 (140 days late)" in text
    assert "Literature review and background document: 140 days late." in text


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        ({"participation": ""}, "research", "Research cannot begin without it."),
        ({"word_count": 10712}, "draft", "The report is 12 words over the limit of document services."),
        ({}, "plan", "The slot date is not set, so no step can be planned."),
        ({"slot_date": date(2027, 3, 31)}, "plan", "The steps are not planned yet."),
        (
            {"slot_date": date(2027, 3, 31), "submitted_on": date(2027, 4, 2), "state": "submitted"},
            "processing",
            "2 April 2027, 2 days late",
        ),
    ],
)
def test_page_says_what_is_missing(desk, new_report, given, code, says):
    assert says in said(desk, new_report(**given), code)


def test_plan_draws_the_steps_and_says_the_same_in_a_table(desk, planned, officer):
    milestones.slip(
        planned.milestones.get(stage=Stage.DRAFTING), to=date(2027, 3, 3), reason="A late reply.", by=officer
    )
    text = said(desk, planned, "plan")
    assert text.count("<rect") >= planned.milestones.count()
    assert "from 24 February 2027 to 3 March 2027: A late reply." in text
    assert "Slot date, 31 Mar" in text


def test_days_that_no_source_prints_are_called_estimates(desk, planned):
    sentence = "counted with unconfirmed estimates of the portal"
    for address in ("page/plan/", "page/draft/", "plan/", "slot-date/"):
        assert sentence in " ".join(desk.get(f"/admin/reports/report/{planned.pk}/{address}").content.decode().split())
    step = planned.milestones.get(stage=Stage.DRAFTING)
    page = desk.get(f"/admin/reports/milestone/{step.pk}/change/").content.decode()
    assert "An unconfirmed estimate of the portal: no source prints how many days this step takes." in page
    assert "they are unconfirmed estimates of the portal" in desk.get("/admin/reports/methodstep/").content.decode()
    MethodStep.objects.update(evidence="public")
    assert sentence not in said(desk, planned, "plan")


def test_consultation_page_counts_who_was_heard(desk, planned):
    held = {"report": planned, "state": "held", "starts_on": date(2027, 1, 4), "recorded_on": date(2027, 1, 5)}
    meeting = Consultation.objects.create(
        title="One", region="AFRICA", from_communities=12, recorded_why="Before the portal.", **held
    )
    meeting.attendances.create(category="cso", number=30)
    Consultation.objects.create(title="Two", report=planned, region="MENA")
    text = said(desk, planned, "consultations")
    assert "<dd>1 of 2</dd>" in text
    assert "<dt>People heard</dt><dd>30</dd>" in text
    assert "<dt>Of them from affected communities</dt><dd>12</dd>" in text
    assert "<dt>Regions heard</dt><dd>Africa</dd>" in text


def test_booklet_page_leads_from_the_findings_to_the_booklet(desk, planned):
    empty = said(desk, planned, "booklet")
    assert "None has been written yet. A booklet is made from them." in empty
    assert f"/admin/reports/finding/add/?report={planned.pk}&amp;kind=recommendation" in empty
    assert f"/admin/dissemination/booklet/add/?report={planned.pk}" in empty
    finding = Finding.objects.create(report=planned, paragraph="83")
    finding.texts.create(language="en", text="Laws still stand.")
    finding.texts.create(language="ar", text="ما زالت القوانين قائمة.")
    text = said(desk, planned, "booklet")
    assert f'<a href="/admin/reports/finding/{finding.pk}/change/">Laws still stand.</a>' in text
    assert "<td>Arabic, English</td>" in text
    assert "The report is not out yet" in text


@pytest.mark.parametrize("code", ["call", "consultations", "dissemination", "booklet"])
def test_who_may_only_read_gets_no_link_to_a_form(as_user, manager, desk, planned, code):
    assert f"/add/?report={planned.pk}" in said(desk, planned, code)
    assert f"/add/?report={planned.pk}" not in said(as_user(manager), planned, code)


def test_milestone_page_has_nothing_to_save(desk, planned):
    page = desk.get(f"/admin/reports/milestone/{planned.milestones.first().pk}/change/").content.decode()
    assert ('name="_save"' in page, 'name="_continue"' in page) == (False, False)


def test_slot_date_that_stands_is_in_the_form(desk, planned):
    page = desk.get(f"/admin/reports/report/{planned.pk}/slot-date/").content.decode()
    assert 'value="2027-03-31"' in page


def test_page_says_whom_a_step_waits_for(desk, planned, assistant):
    MethodStep.objects.filter(stage=Stage.LITERATURE_REVIEW).update(
        prepares_role="research-assistant", approves_role="mandate-holder"
    )
    assert "“Prepared” by: Research assistant" in said(desk, planned, "research")
    approvals.stand_for(planned.milestones.get(stage=Stage.LITERATURE_REVIEW), by=assistant)
    assert "“Approved” by: Mandate holder" in said(desk, planned, "research")


def test_acts_stand_on_the_page_they_belong_to(desk, planned):
    assert f"/admin/reports/report/{planned.pk}/to-research/" in said(desk, planned, "research")
    assert f"/admin/reports/report/{planned.pk}/move-slot/" in said(desk, planned, "plan")


def queries(desk, report, code):
    with CaptureQueriesContext(connection) as captured:
        said(desk, report, code)
    return len(captured)


@pytest.mark.parametrize("code", ["overview", "plan", "consultations", "booklet"])
def test_pages_ask_as_often_with_more_rows(desk, planned, code):
    Consultation.objects.create(title="One", report=planned)
    Finding.objects.create(report=planned, order=1)
    before = queries(desk, planned, code)
    plan_milestones(planned, by=None, optional=[Stage.AD_HOC])
    Consultation.objects.create(title="Two", report=planned)
    Finding.objects.create(report=planned, order=2)
    assert queries(desk, planned, code) == before


def test_pages_are_for_staff_who_may_see_reports(as_user, client, planned, officer):
    address = f"/admin/reports/report/{planned.pk}/page/overview/"
    assert client.get(address).status_code == 302
    officer.groups.clear()
    assert as_user(officer).get(address).status_code in {302, 403}
    assert client.get(f"/admin/reports/report/{planned.pk}/page/nonsense/").status_code in {302, 403, 404}


def test_milestone_page_takes_a_step_through_its_hands(as_user, planned, assistant, officer):
    step = planned.milestones.get(stage=Stage.LITERATURE_REVIEW)
    MethodStep.objects.filter(stage=step.stage).update(prepares_role="research-assistant")
    address = f"/admin/reports/milestone/{step.pk}/"
    client = as_user(assistant)
    waiting = client.get(f"{address}change/").content.decode()
    assert (f"{address}stand-prepares/" in waiting, f"{address}complete/" in waiting) == (True, False)
    assert client.post(f"{address}stand-prepares/", {"note": "In the shared folder."}).status_code == 302
    assert client.post(f"{address}slip/", {"to": "2027-03-01", "reason": "Mine."}).status_code == 403
    desk = as_user(officer)
    page = desk.get(f"{address}change/").content.decode()
    assert ("In the shared folder." in page, f"{address}complete/" in page) == (True, True)
    late = desk.post(f"{address}slip/", {"to": "2027-04-01", "reason": "More time."})
    assert "is after Wednesday 31 March 2027, the day that this has to be ready for" in late.content.decode()
    assert 'value="2027-04-01"' in late.content.decode()


def test_moving_onto_a_taken_slot_is_refused_on_the_page_and_what_was_typed_stays(desk, report, new_report):
    new_report(forum="GA", title="Numbers")
    response = desk.post(
        f"/admin/reports/report/{report.pk}/move-slot/", {"forum": "GA", "year": "2027", "reason": "Typed long."}
    )
    text = response.content.decode()
    assert "General Assembly 2027 is taken by “Numbers”" in text
    assert "Typed long." in text
