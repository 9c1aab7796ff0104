"""Consultations and expert meetings: the gate before they open, counts and no names, regions that were heard."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from iesogi.audit.models import Entry
from iesogi.safety.models import RiskAssessment
from reports.consultations import services
from reports.consultations.coverage import TARGET, coverage, world
from reports.consultations.enums import NEXT, State
from reports.exceptions import StepRefused
from reports.models import Attendance, Consultation

pytestmark = pytest.mark.django_db

TODAY = date(2027, 1, 20)


@pytest.fixture(autouse=True)
def winter():
    with time_machine.travel("2027-01-20T10:00:00Z", tick=False):
        yield


@pytest.fixture
def assessment(officer):
    return RiskAssessment.objects.create(
        subject_label="Consultation, first quarter", method="research", threat="Watchers.", likelihood=1, severity=2,
        exposure=1, digital=1, mitigation="A safe room.", safe_contact="By signal.", verdict="go", decided_by=officer,
        decided_on=date(2027, 1, 4), review_on=date(2027, 6, 30),
    )  # fmt: skip


@pytest.fixture
def consultation(assessment):
    """Everything that any step could ask for is there."""

    def make(**given):
        fields = {
            "title": "Consultation on health", "starts_on": date(2027, 1, 12), "participation": "In design and room.",
            "risk_assessment": assessment, "background_sent_on": date(2027, 1, 5), "outcome_title": "Summary",
            "outcome_on": date(2027, 1, 18),
        }  # fmt: skip
        made = Consultation.objects.create(**fields | given)
        Attendance.objects.create(consultation=made, category="cso", number=12)
        return made

    return make


@pytest.mark.parametrize("was", State)
@pytest.mark.parametrize("to", State)
def test_move_allows_only_listed_steps(consultation, officer, was, to):
    row = consultation(state=was)
    if to in NEXT[was]:
        assert services.move(row, to, by=officer).state == to
        assert Entry.objects.get(verb="consultation.moved").data == {"was": was.value, "to": to.value}
    else:
        with pytest.raises(StepRefused, match="cannot become"):
            services.move(row, to, by=officer)


@pytest.mark.demand("WP-12")
@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"risk_assessment": None}, "There is no risk assessment yet"),
        ({"participation": " "}, "how affected communities take part"),
        ({"starts_on": None}, "the day on which it starts"),
    ],
)
def test_nothing_opens_to_people_before_it_was_weighed(consultation, given, says):
    with pytest.raises(StepRefused, match=says):
        services.move(consultation(**given), "open", by=None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"review_on": date(2027, 1, 19)}, "held until"),
        ({"verdict": "no_go", "conditions": "Too visible."}, "no go"),
        ({"verdict": "pending", "decided_by": None, "decided_on": None, "review_on": None}, "not decided"),
    ],
)
def test_assessment_that_lapsed_or_says_no_keeps_it_closed(consultation, change, says):
    row = consultation()
    RiskAssessment.objects.update(**change)
    with pytest.raises(StepRefused, match=says):
        services.move(row, "open", by=None)


@pytest.mark.parametrize("missing", [{"risk_assessment": None}, {"participation": ""}])
def test_database_keeps_the_gate(consultation, missing):
    row = consultation(state="open")
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=row.pk).update(**missing)


@pytest.mark.parametrize(
    ("was", "given", "to", "says"),
    [
        ("open", {"ends_on": date(2027, 1, 21)}, "held", "still to come"),
        ("open", {"kind": "expert", "background_sent_on": None}, "held", "background document before they meet"),
        ("held", {"outcome_title": ""}, "reported", "the title of the report of the meeting"),
    ],
)
def test_steps_wait_for_what_they_need(consultation, was, given, to, says):
    with pytest.raises(StepRefused, match=says):
        services.move(consultation(state=was, **given), to, by=None)


@pytest.mark.demand("WP-39-2")
def test_report_of_the_meeting_waits_for_the_counts(consultation):
    row = consultation(state="held")
    row.attendances.all().delete()
    with pytest.raises(StepRefused, match="Numbers only"):
        services.move(row, "reported", by=None)


def test_days_in_the_wrong_order_are_refused_in_a_sentence(consultation):
    with pytest.raises(ValidationError, match="cannot end before it starts"):
        Consultation(title="-", starts_on=TODAY, ends_on=date(2027, 1, 1)).full_clean()


@pytest.mark.demand("WP-fn3")
def test_regions_count_what_was_held_and_what_is_to_come(consultation, django_assert_num_queries):
    consultation(kind="expert", region="AFRICA", state="held")
    consultation(kind="expert", region="MENA")
    consultation(region="AFRICA", state="reported")
    consultation(kind="expert", region="GRULAC", state="cancelled")
    with django_assert_num_queries(1):
        found = coverage()
    by_region = {each.region.value: tuple(each[1:]) for each in found.regions}
    assert by_region["AFRICA"] == (1, 0, 1, 0)
    assert by_region["MENA"] == (0, 1, 0, 0)
    assert [each.region.value for each in found.missing] == ["ASIA_PACIFIC", "EASTERN_EUROPE", "GRULAC", "MENA"]
    assert (found.meetings, found.target) == (1, TARGET)
    assert [each.in_words for each in found.regions if each.region == "WEOG"] == ["not asked for"]


@pytest.mark.usefixtures("reference_data")
def test_map_fills_the_states_of_a_region(consultation):
    before = world(coverage())
    consultation(kind="expert", region="AFRICA", state="held")
    after = world(coverage())
    assert ("Meeting held" in before, "Meeting held" in after, "Visited" in after) == (False, True, False)


# Held before


@pytest.mark.demand("WP-36-5")
def test_meeting_of_before_is_recorded_without_the_gate_and_says_so(as_user, officer, consultation):
    row = consultation(region="GRULAC", risk_assessment=None, participation="")
    desk, address = as_user(officer), f"/admin/reports/consultation/{row.pk}/"
    assert desk.post(f"{address}record-past/", {"reason": "Held before the portal."}).status_code == 302
    assert "On 20 January 2027, without a risk assessment here: Held before the portal." in (
        desk.get(f"{address}change/").content.decode()
    )
    row = services.move(row, "reported", by=officer)  # counts and report are there
    assert (row.state, row.participants) == ("reported", 12)
    assert Entry.objects.get(verb="consultation.recorded_afterwards").data == {"why": "Held before the portal."}


@pytest.mark.parametrize(
    ("given", "reason", "says"),
    [
        ({"ends_on": TODAY}, "Before.", "is not over"),
        ({"starts_on": None}, "Before.", "the day on which it was held"),
        ({"state": "open"}, "Before.", "still stands as planned"),
        ({}, "  ", "why it is recorded only now"),
    ],
)
def test_what_is_to_come_keeps_its_gate(consultation, given, reason, says):
    with pytest.raises(StepRefused, match=says):
        services.record_past(consultation(**given), reason=reason, by=None)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "held", "risk_assessment": None},
        {"state": "held", "recorded_on": TODAY},
        {"state": "held", "recorded_on": date(2027, 1, 12), "recorded_why": "Before."},
        {"recorded_on": TODAY, "recorded_why": "Before."},
    ],
)
def test_database_keeps_what_was_held_behind_the_gate_or_in_the_past(consultation, change):
    row = consultation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=row.pk).update(**change)


# Admin


def test_desk_opens_a_consultation_and_reads_why_not(as_user, officer, consultation):
    desk = as_user(officer)
    row = consultation(risk_assessment=None)
    refused = desk.post(f"/admin/reports/consultation/{row.pk}/to-open/")
    assert "There is no risk assessment yet." in refused.content.decode()
    page = desk.get("/admin/reports/consultation/").content.decode()
    assert "Five is the number as printed: the footnote names four regions" in page
    assert "0 of 5 expert meetings held" in page
    assert desk.get(f"/admin/reports/consultation/{row.pk}/change/").status_code == 200


def test_list_asks_as_often_with_three_rows_as_with_one(as_user, officer, consultation):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk = as_user(officer)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            consultation(kind="expert", region="AFRICA")
        with CaptureQueriesContext(connection) as queries:
            desk.get("/admin/reports/consultation/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_assistant_reads_and_does_not_open(as_user, assistant, consultation):
    row = consultation()
    assert as_user(assistant).post(f"/admin/reports/consultation/{row.pk}/to-open/").status_code == 403
