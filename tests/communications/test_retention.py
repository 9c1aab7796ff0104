"""Dates, warnings, news, postponement and the end of a case."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings as django_settings

from communications import nightly
from communications.cases import retention
from communications.cases.enums import CaseState, Retention
from communications.cases.exceptions import RetentionRefused
from communications.cases.models import Case, CaseFile, Night
from iesogi.audit.models import Entry
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.days import GENEVA
from iesogi.deadlines.models import Deadline
from iesogi.outbox.models import Mail
from iesogi.vault import intake, members
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import UnknownNumber
from iesogi.vault.models import Compartment, CompartmentGrant, Receipt, SealedRecord
from tests.communications.thread.conftest import MONDAY, report
from tests.vault.conftest import AT, amal, channels, custodian, keys  # noqa: F401

pytestmark = pytest.mark.django_db
KEPT = {name: timedelta(days=days) for name, days in django_settings.CASE_KEPT_DAYS.items()}


def night(day, hour=4):
    """What the tick does on that day; a second one finds nothing to do."""
    now = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=GENEVA) + timedelta(hours=hour)
    with time_machine.travel(now, tick=False):
        return nightly.tick(now=now, enqueue=False) | (deadlines.tick(now=now) if hour > 8 else {})


@pytest.fixture
def sent(channels):  # noqa: F811
    return report(meets_c3=True, state=CaseState.UNDER_REVIEW)


def put(sent, **columns):
    Case.objects.filter(pk=sent.case.pk).update(**columns)
    return sent


MINIMUM = dict.fromkeys(["meets_c1", "meets_c2", "meets_c3", "meets_c4"], True)


@pytest.mark.parametrize(
    ("columns", "kept"),
    [
        ({"state": CaseState.UNDER_REVIEW}, Retention.WORK),
        ({"state": CaseState.TAKEN_UP, **MINIMUM}, Retention.WORK),
        ({"state": CaseState.PARKED}, Retention.WORK),
        ({"state": CaseState.CLOSED}, Retention.CLOSED),
        ({"state": CaseState.DECLINED}, Retention.DECLINED),
        ({"state": CaseState.DECLINED, "meets_c3": False}, Retention.ANONYMOUS),
        ({"state": CaseState.PARKED, "meets_c3": False}, Retention.ANONYMOUS),
        ({"state": CaseState.CLOSED, "outcome": "anonymous_not_actionable"}, Retention.ANONYMOUS),
    ],
)
def test_outcome_decides_how_long(sent, columns, kept):
    put(sent, **columns)
    night("2021-06-28")
    case = sent.fresh()
    assert (case.retention, case.expires_on) == (kept, MONDAY + KEPT[kept])


def test_night_waits_for_the_end_of_the_week_and_comes_once(sent):
    assert night("2021-06-27")["cases_dated"] == 0
    assert sent.fresh().expires_on is None
    assert night("2021-06-28", hour=2)["cases_dated"] == 0
    assert night("2021-06-28")["cases_dated"] == 1
    assert night("2021-06-28")["cases_dated"] == 0
    assert night("2021-06-29")["cases_dated"] == 0
    assert Night.objects.count() == 3


def test_late_decision_still_leaves_time_for_every_warning(sent):
    night("2021-06-28")
    put(sent, state=CaseState.DECLINED)
    night("2023-06-28")
    assert sent.fresh().expires_on == date(2023, 6, 28) + retention.AT_LEAST


def test_warnings_come_30_7_and_1_days_before_in_words_that_say_nothing(sent, amal):  # noqa: F811
    put(sent, assigned_to=amal.user)
    night("2021-06-28")
    last = sent.fresh().expires_on
    days = [31, 30, 29, 8, 7, 2, 1]
    wrote = []
    for before in days:
        seen = Mail.objects.count()
        night((last - timedelta(days=before)).isoformat(), hour=9)
        wrote += [before] * (Mail.objects.count() - seen)
    assert wrote == [30, 7, 1]
    mail = Mail.objects.order_by("pk").first()
    assert mail.to == "amal@example.org"
    assert mail.subject == "A retention period ends: in 30 days"
    deadline = Deadline.objects.get(kind__code=retention.KIND)
    assert sent.case.ref not in f"{mail.text} {deadline.title} {deadline.subject_label} {deadline.explanation}"


def test_news_keeps_a_case_until_it_was_read(sent):
    night("2021-06-28")
    put(sent, has_news=True, paused=True, expires_on=date(2026, 6, 20))
    assert night("2026-06-22")["cases_erased"] == 0
    assert not sent.fresh().expiry_deadline.is_open
    put(sent, has_news=False)
    night("2026-06-23")
    case = sent.fresh()
    assert (case.paused, case.expires_on) == (False, date(2026, 6, 23) + retention.AT_LEAST)
    assert case.expiry_deadline.is_open


def test_what_a_source_caused_is_written_on_mondays_alone(sent):
    night("2021-06-28")
    put(sent, has_news=True, paused=True)
    before = Entry.objects.count()
    night("2021-07-01")
    assert Entry.objects.count() == before
    night("2021-07-05")
    assert Entry.objects.count() == before + 1


def test_unread_report_is_never_erased(sent):
    put(sent, has_news=True, expires_on=date(2021, 7, 1))
    assert night("2031-06-23")["cases_erased"] == 0


def test_reassigned_case_warns_its_new_officer(sent, amal):  # noqa: F811
    night("2021-06-28")
    put(sent, assigned_to=amal.user)
    night("2021-06-29")
    assert sent.fresh().expiry_deadline.owner == amal.user


def test_postponement_seals_its_reason_and_stays(sent, amal):  # noqa: F811
    night("2021-06-28")
    to = date(2030, 1, 15)
    with time_machine.travel(AT, tick=False):
        retention.postpone(sent.case, to=to, reason="A. N. is before the court.", unlocked=amal, at=AT)
    night("2021-07-05")
    case = sent.fresh()
    assert (case.expires_on, case.expiry_deadline.due_on) == (to, to)
    opened = members.open_compartment(amal, sent.content)
    record = SealedRecord.objects.get(compartment=sent.content, kind=Kind.REASON)
    from iesogi.vault import records

    assert records.read(record, opened).content["text"] == "A. N. is before the court."
    entry = Entry.objects.filter(verb="case.postponed").get()
    assert (entry.target_label, entry.data) == (case.ref, {"until": "2030-01-15"})


@pytest.mark.parametrize(
    ("to", "reason", "sentence"),
    [
        (date(2026, 6, 20), "Why", "not later than the present last day"),
        (date(2040, 1, 1), "Why", "more than ten years"),
        (date(2027, 1, 1), "  ", "Say why"),
    ],
)
def test_unclear_postponement_is_refused(sent, amal, to, reason, sentence):  # noqa: F811
    night("2021-06-28")
    with pytest.raises(RetentionRefused, match=sentence):
        retention.postpone(sent.case, to=to, reason=reason, unlocked=amal, at=AT)


def test_erased_case_keeps_its_figures_and_nothing_that_opens(sent, amal):  # noqa: F811
    put(sent, state=CaseState.DECLINED, outcome="no_consent", assigned_to=amal.user, expires_on=date(2022, 6, 21))
    CaseFile.objects.create(case=sent.case, state="left_out")
    night("2021-06-28")
    assert night("2022-06-21")["cases_erased"] == 0
    assert night("2022-06-22")["cases_erased"] == 1
    case = sent.fresh()
    assert (case.state, case.outcome, case.week, case.matter) == ("erased", "no_consent", MONDAY, "individual")
    assert (case.content, case.identity, case.assigned_to, case.agrees_to_letter) == (None, None, None, False)
    places = [sent.content, sent.identity]
    for model in (SealedRecord, CompartmentGrant, Receipt):
        assert not model.objects.filter(compartment__in=places).exists()
    assert not Compartment.objects.filter(pk__in=places).exists()
    assert not CaseFile.objects.exists()
    assert not case.expiry_deadline.is_open
    with pytest.raises(UnknownNumber):
        intake.open_by_number(sent.number)
    entry = Entry.objects.filter(verb="case.erased").get()
    assert (entry.target_label, entry.data, entry.by) == (case.ref, {}, None)
    assert night("2022-06-23")["cases_erased"] == 0


def test_case_without_an_outcome_says_how_far_it_came(sent):
    put(sent, expires_on=date(2021, 7, 1))
    retention.erase(sent.case.pk, on=date(2021, 7, 2))
    assert sent.fresh().outcome == "under_review"


def test_news_of_the_last_moment_stops_the_end(sent):
    put(sent, expires_on=date(2021, 7, 1), has_news=True, paused=True)
    assert not retention.erase(sent.case.pk, on=date(2021, 7, 2))
    assert intake.open_by_number(sent.number)


def test_merged_case_ends_with_the_one_it_went_into(sent):
    other = report(ref="IE-21-CCCC", meets_c3=True)
    put(other, state=CaseState.MERGED, merged_into=sent.case)
    night("2021-06-28")
    assert other.fresh().expires_on == sent.fresh().expires_on
    assert night((sent.fresh().expires_on + timedelta(days=1)).isoformat())["cases_erased"] == 2
    assert {sent.fresh().state, other.fresh().state} == {"erased"}


def test_night_looks_at_cases_one_by_one_in_a_fixed_number_of_queries(sent, django_assert_num_queries):
    night("2021-06-28")
    on = date(2021, 6, 29)
    with django_assert_num_queries(4):  # savepoint, row, deadline, release
        assert not retention.keep_until(sent.case.pk, on=on)
