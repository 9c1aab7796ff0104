"""Names are asked for, given to one person until a day, or refused with a reason."""

import pytest
from django.utils import timezone

from communications.cases.enums import DisclosureState
from communications.cases.models import DisclosureRequest
from iesogi.audit.models import Entry
from iesogi.vault.enums import Kind
from iesogi.vault.models import SealedRecord
from tests.communications.desk.conftest import last_entry, text_of, url
from tests.vault.conftest import fingerprint_of

pytestmark = pytest.mark.django_db


def ask(enter, desk, case, reason="To write the letter."):
    record = SealedRecord.objects.get(compartment=case.identity_id, kind=Kind.PEOPLE)
    enter(desk).post(url("ask", case.pk), {"wanted": [str(record.uuid)], "reason": reason})
    return DisclosureRequest.objects.get()


def test_disclosure_from_asking_to_reading(enter, desk, custodian, case):
    asked = ask(enter, desk, case)
    page = text_of(enter(custodian).get(url("decide", asked.pk)))
    assert "To write the letter." in page
    assert fingerprint_of(desk) in page
    given = {"until": timezone.localdate(), "compared": "on", "fingerprint": fingerprint_of(desk), "give": "yes"}
    enter(custodian).post(url("decide", asked.pk), given)
    read = text_of(enter(desk).get(url("disclosed", asked.pk)))
    assert "Zahra Canary" in read
    assert "Clinic Canary" not in read
    assert last_entry("record.read").by == desk.user
    assert "Zahra" not in str(list(Entry.objects.values()))


def test_refusal_is_read_with_its_reason(enter, desk, custodian, case):
    asked = ask(enter, desk, case)
    enter(custodian).post(url("decide", asked.pk), {"reason": "A letter needs no name yet.", "refuse": "yes"})
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == (DisclosureState.REFUSED, custodian.user)
    page = text_of(enter(desk).get(url("open", case.pk)))
    assert "A letter needs no name yet." in page
    assert enter(desk).get(url("disclosed", asked.pk)).status_code == 403


def test_disclosure_goes_to_no_vault_put_in_its_place(enter, desk, custodian, case):
    asked = ask(enter, desk, case)
    given = {"until": timezone.localdate(), "compared": "on", "fingerprint": fingerprint_of(custodian), "give": "yes"}
    assert "not the one of this vault" in text_of(enter(custodian).post(url("decide", asked.pk), given))
    asked.refresh_from_db()
    assert asked.state == DisclosureState.ASKED


def test_who_is_no_custodian_neither_reads_the_reason_nor_gives(enter, desk, second, case):
    asked = ask(enter, desk, case, reason="A canary of a reason.")
    response = enter(second).get(url("decide", asked.pk))
    assert response.status_code == 403
    assert "canary of a reason" not in text_of(response)
    assert enter(second).get(url("disclosed", asked.pk)).status_code == 403


def test_disclosure_that_ended_is_gone(enter, desk, custodian, case):
    asked = ask(enter, desk, case)
    day = timezone.localdate()
    given = {"until": day, "compared": "on", "fingerprint": fingerprint_of(desk), "give": "yes"}
    enter(custodian).post(url("decide", asked.pk), given)
    yesterday = day - timezone.timedelta(days=1)
    desk.user.vaults.get().disclosures.update(given_on=yesterday, expires_on=yesterday)
    DisclosureRequest.objects.update(expires_on=yesterday)
    assert "Read what was disclosed" not in text_of(enter(desk).get(url("open", case.pk)))
    assert enter(desk).get(url("disclosed", asked.pk)).status_code == 403


def test_identity_opens_for_custodians_alone(enter, desk, custodian, case):
    assert enter(desk).get(url("identity", case.pk)).status_code == 403
    page = text_of(enter(custodian).get(url("identity", case.pk)))
    assert "Zahra Canary" in page
    assert "Clinic Canary" in page
    assert last_entry("case.identity_read").by == custodian.user


def test_custodian_outside_of_cases_sees_the_frame_without_the_story(enter, custodian, case):
    page = text_of(enter(custodian).get(url("open", case.pk)))
    assert "What happened is closed to you" in page
    assert "They came at night" not in page
    case.refresh_from_db()
    assert case.has_news
