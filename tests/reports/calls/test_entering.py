"""Contributions that came by mail or on paper, their owners, and the end of the addresses of senders."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from iesogi.audit.models import Entry
from iesogi.deadlines.days import GENEVA
from iesogi.outbox.models import Mail
from reports.contributions import retention
from reports.contributions.models import Contribution
from reports.models import Report
from tests.reports.calls.conftest import ANSWER, opened
from tests.vault.conftest import AT

GIVEN = {"came": "paper", "received_on": "2021-06-21", "category": "cso", "language": "fr", "q2": "-", "q1": ANSWER}
NIGHT = datetime(2022, 7, 2, 3, 30, tzinfo=GENEVA)


@pytest.fixture
def enter(as_user, officer, clock, channels, call):
    """`enter(**typed)`: the answer of the page to what a desk officer typed."""
    return lambda **typed: as_user(officer).post(
        reverse("admin:reports_call_enter", args=[call.pk]), {**GIVEN, **typed}
    )


def test_letter_on_paper_is_sealed_and_shows_nothing_in_clear(enter, amal):
    scan = SimpleUploadedFile("scan.txt", b"Seen and read.")
    assert enter(publication="confidential", name="Zed Canary", email="zed@example.org", q3=[scan]).status_code == 302
    row = Contribution.objects.get()
    assert (row.came, row.timing, row.name, row.email, row.received_at) == ("paper", "in_time", "", "", None)
    assert (row.files.count(), row.answers.exists(), Mail.objects.exists()) == (1, False, False)
    found = str(opened(amal, row))
    assert all(words in found for words in ("Zed Canary", "zed@example.org", ANSWER, "scan.txt"))


def test_mail_that_leaves_out_what_must_be_answered_is_entered_all_the_same(enter, call):
    call.questions.update(required=True)
    assert enter(publication="confidential", q2="").status_code == 302
    assert Contribution.objects.get().files.count() == 0


def test_public_one_keeps_its_day_and_its_sender_hears_of_it(enter):
    enter(publication="public", name="Equality Network", email="net@example.org", received_on="2021-06-18")
    row = Contribution.objects.get()
    assert (row.week, row.received_at.date()) == (date(2021, 6, 14), date(2021, 6, 18))
    assert [mail.to for mail in Mail.objects.all()] == ["net@example.org"]


def test_late_one_says_why_it_was_taken(enter, clock):
    clock.shift(timedelta(days=9))
    day = (AT + timedelta(days=8)).date().isoformat()
    asked = enter(publication="confidential", received_on=day)
    assert "Say why it is taken" in asked.content.decode()
    assert ANSWER in asked.content.decode()
    assert enter(publication="confidential", received_on=day, late_reason="post").status_code == 302
    row = Contribution.objects.get()
    assert (row.timing, row.late_reason, row.late_link) == ("late", "post", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.update(late_reason="")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"received_on": "2021-06-22"}, "still to come"),
        ({"late_reason": "post"}, "came before closing"),
        ({"q1": ""}, "nothing to send yet"),
        ({"publication": "public"}, "say the name"),
    ],
)
def test_what_cannot_be_is_refused_in_words(enter, typed, says):
    answer = enter(**{"publication": "confidential", **typed})
    assert (answer.status_code, Contribution.objects.exists()) == (200, False)
    assert says in answer.content.decode()


def test_draft_takes_none_and_readers_enter_none(enter, as_user, manager, call):
    type(call).objects.update(state="draft")
    assert "This call is a draft" in enter(publication="confidential").content.decode()
    assert as_user(manager).get(reverse("admin:reports_call_enter", args=[call.pk])).status_code == 403


def test_many_are_given_to_one_owner_who_finds_them(as_user, officer, holder, public):
    address = reverse("admin:reports_contribution_changelist")
    chosen = {"action": "assign", "_selected_action": [public.pk], "really": "1", "owner": holder.pk}
    as_user(officer).post(address, chosen)
    public.refresh_from_db()
    assert public.owner == holder
    listed = {who: as_user(who).get(f"{address}?owned=mine").content.decode() for who in (officer, holder)}
    assert [public.ref in listed[who] for who in (officer, holder)] == [False, True]


@pytest.mark.parametrize(
    ("issued", "at", "kept"),
    [
        (date(2021, 7, 1), NIGHT, False),
        (date(2021, 7, 2), NIGHT, True),  # a year ago to the day
        (None, NIGHT, True),
        (date(2021, 7, 1), NIGHT + timedelta(hours=1), True),  # by day nothing is looked for
    ],
)
def test_addresses_end_a_year_after_the_report(public, settings, issued, at, kept):
    settings.CONTRIBUTION_EMAIL_KEPT_DAYS = 365
    report = Report.objects.create(title="Laws", forum="HRC", year=2021, issued_on=issued)
    type(public.call).objects.update(report=report)
    counts = retention.tick(now=at, enqueue=False)
    public.refresh_from_db()
    assert counts["contribution_addresses_erased"] == (0 if kept else 1)
    assert (public.email, public.name) == ("net@example.org" if kept else "", "Equality Network")
    assert Mail.objects.get().to == ("net@example.org" if kept else "erased@invalid.invalid")
    assert set(retention.tick(now=at, enqueue=False).values()) == {0}


def test_erased_address_is_in_nothing_that_was_sealed(sender, amal, settings):
    """Of a confidential contribution too, whose address nothing in clear tells of."""
    sender.send(q1=ANSWER, category="individual", email="canary@example.org")
    row = Contribution.objects.get()
    assert "canary" in str(opened(amal, row))
    assert retention.tick(now=NIGHT, enqueue=False)["contribution_addresses_erased"] == 1
    found = opened(amal, row)
    assert "canary" not in str(found)
    assert found["report"][0]["answers"] == {"1": ANSWER}


def test_staff_erase_an_address_at_the_wish_of_its_sender(public, amal, as_user, officer):
    page = reverse("admin:reports_contribution_erase_address", args=[public.pk])
    assert "Erase the address" in as_user(officer).get(page).content.decode()
    as_user(officer).post(page)
    public.refresh_from_db()
    assert (public.email, public.name) == ("", "Equality Network")
    assert "net@example.org" not in str(opened(amal, public))
    assert Mail.objects.get().to == "erased@invalid.invalid"
    assert Entry.objects.filter(verb="contribution.address_erased", by=officer).count() == 1


def test_call_without_a_report_counts_from_its_closing(public):
    assert list(retention.due(on=date(2022, 6, 28))) == []
    assert list(retention.due(on=date(2022, 6, 30))) == [public]
