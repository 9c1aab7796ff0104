"""Findings are added and never changed; the status follows; news is asked for; the public's words are judged."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from iesogi.audit.models import Entry
from iesogi.deadlines.models import Deadline
from visits.exceptions import StepRefused
from visits.models import Visit
from visits.recommendations import services
from visits.recommendations.enums import Assessor, SourceKind, Status, UpdateState
from visits.recommendations.models import Assessment, PublicUpdate, Recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def autumn():
    with time_machine.travel("2021-10-01T10:00:00Z", tick=False):
        yield


def status_of(recommendation):
    recommendation.refresh_from_db()
    return recommendation.status


@pytest.mark.demand("WP-32b")
def test_status_follows_the_newest_finding_and_all_stay(new_recommendation, found):
    recommendation = new_recommendation()
    found(recommendation, Status.IN_PROGRESS, date(2021, 3, 1))
    found(recommendation, Status.PARTIAL, date(2021, 6, 1))
    found(recommendation, Status.NOT_STARTED, date(2020, 6, 1))  # found out late, and of an earlier day
    assert status_of(recommendation) == Status.PARTIAL
    assert [each.status for each in recommendation.assessments.standing()] == [
        Status.PARTIAL,
        Status.IN_PROGRESS,
        Status.NOT_STARTED,
    ]


def test_wrong_finding_is_corrected_by_another_and_counts_no_more(new_recommendation, found):
    recommendation = new_recommendation()
    found(recommendation, Status.IN_PROGRESS, date(2021, 3, 1))
    wrong = found(recommendation, Status.IMPLEMENTED, date(2021, 9, 1))
    found(recommendation, Status.NOT_STARTED, date(2021, 2, 1), corrects=wrong)
    assert status_of(recommendation) == Status.IN_PROGRESS
    assert recommendation.assessments.count() == 3


def test_finding_of_a_day_to_come_is_refused(new_recommendation, found):
    with pytest.raises(StepRefused, match="still to come"):
        found(new_recommendation(), on=date(2021, 10, 2))


@pytest.mark.demand("WP-25-2")
@pytest.mark.parametrize("kind", ["promotional", "advisory"])
def test_visit_without_findings_holds_nothing_that_is_assessed_or_shown(new_recommendation, found, officer, kind):
    recommendation = new_recommendation(is_public=False)
    visit = Visit.objects.create(kind=kind, country=recommendation.country)
    Recommendation.objects.update(visit=visit)
    for step in (found, lambda row: services.publish(row, by=officer)):
        with pytest.raises(StepRefused, match="makes no findings, so it holds no recommendations"):
            step(recommendation)


def test_finding_without_evidence_is_refused(new_recommendation, found):
    with pytest.raises(ValidationError, match="evidence"):
        found(new_recommendation(), evidence="")


def test_finding_corrects_only_one_of_its_own(new_recommendation, found):
    other = found(new_recommendation())
    with pytest.raises(StepRefused, match="another recommendation"):
        found(new_recommendation(), corrects=other)


WAYS = [
    lambda finding: finding.save(),
    lambda finding: Assessment.objects.filter(pk=finding.pk).update(evidence="other words"),
    lambda finding: Assessment._base_manager.filter(pk=finding.pk).update(evidence="other words"),
]


@pytest.mark.parametrize("write_over", WAYS, ids=["saved", "updated", "past the manager"])
def test_finding_is_never_written_over_whatever_way(new_recommendation, found, write_over):
    finding = found(new_recommendation())
    finding.evidence = "other words"
    with pytest.raises((DatabaseError, TypeError)), transaction.atomic():
        write_over(finding)
    finding.refresh_from_db()
    assert finding.evidence == "Law 12 of 2021"


def test_finding_leaves_an_entry(new_recommendation, found):
    recommendation = new_recommendation()
    found(recommendation)
    entry = Entry.objects.about(recommendation).get(verb="recommendation.assessed")
    assert entry.data == {"status": "in_progress", "on": "2021-03-01"}


def test_news_is_asked_for_again_after_it_came(new_recommendation, officer, found):
    recommendation = services.ask_for_news(new_recommendation(), rhythm=3, by=officer)
    first = recommendation.review
    assert (first.kind.code, first.due_on, first.owner) == ("recommendation-update", date(2022, 1, 1), officer)
    with time_machine.travel("2021-12-15T10:00:00Z", tick=False):
        found(recommendation)
    first.refresh_from_db()
    recommendation.refresh_from_db()
    assert (first.state, recommendation.review.due_on) == ("done", date(2022, 3, 15))


def test_news_is_called_off_and_due_ones_are_found(new_recommendation, officer):
    recommendation = services.ask_for_news(new_recommendation(), rhythm=1, first_on=date(2021, 10, 9), by=officer)
    assert list(Recommendation.objects.due_for_news(on=date(2021, 10, 9))) == [recommendation]
    assert not Recommendation.objects.due_for_news(on=date(2021, 10, 8)).exists()
    services.ask_for_news(recommendation, rhythm=0, by=officer)
    assert list(Deadline.objects.values_list("state", flat=True)) == ["cancelled"]


def secret(new_recommendation):
    return new_recommendation(
        source_kind=SourceKind.COMMUNICATION, source_symbol="AL KAZ 2/2019", source_public_on=None, is_public=False
    )


def test_secret_letter_leaks_into_no_deadline_and_no_entry(new_recommendation, officer, found):
    recommendation = services.ask_for_news(secret(new_recommendation), rhythm=1, by=officer)
    found(recommendation)
    deadline = Deadline.objects.first()
    assert (deadline.kind.confidential, deadline.title) == (True, deadline.kind.label)
    told = str(list(Entry.objects.values_list("target_label", "data"))) + str(list(Deadline.objects.values()))
    assert "KAZ" not in told


def test_recommendation_of_a_secret_letter_is_not_shown(new_recommendation, officer):
    with pytest.raises(StepRefused, match="not public yet"):
        services.publish(secret(new_recommendation), by=officer)


def test_recommendation_is_shown_and_taken_back(new_recommendation, officer):
    recommendation = services.publish(new_recommendation(is_public=False), by=officer)
    assert list(Recommendation.objects.public()) == [recommendation]
    services.withdraw(recommendation, by=officer)
    assert not Recommendation.objects.public().exists()


def test_update_of_the_public_waits_and_is_kept_once(new_recommendation):
    recommendation = new_recommendation()
    for _time in range(2):
        services.tell(recommendation, text=" A court struck the law down. ", organisation="A network")
    update = PublicUpdate.objects.get()
    assert (update.state, update.text, update.received_on) == (
        "waiting",
        "A court struck the law down.",
        date(2021, 10, 1),
    )
    assert status_of(recommendation) == Status.NOT_ASSESSED


def test_update_taken_up_becomes_a_finding_of_civil_society(new_recommendation, officer):
    update = services.tell(new_recommendation(), text="A court struck the law down.", happened_on=date(2021, 9, 3))
    finding = services.accept(update, by=officer, status=Status.PARTIAL, evidence="Judgment of September 2021")
    assert (finding.assessor, finding.on, finding.update) == (Assessor.CSO, date(2021, 9, 3), update)
    assert status_of(update.recommendation) == Status.PARTIAL
    with pytest.raises(StepRefused, match="decided on already"):
        services.decline(update, reason="x", by=officer)


def test_update_let_go_loses_its_words(new_recommendation, officer):
    update = services.tell(
        new_recommendation(), text="CANARY", organisation="CANARY", url="https://example.org/canary"
    )
    update = services.decline(update, reason="It speaks of another State.", by=officer)
    assert update.state == UpdateState.DECLINED
    assert "CANARY" not in str(PublicUpdate.objects.values().get()).upper()
    assert "CANARY" not in str(list(Entry.objects.values()))


def test_update_is_let_go_with_a_reason_only(new_recommendation, officer):
    with pytest.raises(StepRefused, match="Say why"):
        services.decline(services.tell(new_recommendation(), text="x"), reason=" ", by=officer)
