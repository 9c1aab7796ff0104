from datetime import timedelta

import pytest
from django.utils import timezone

from iesogi.accounts.enums import PaidBy
from iesogi.audit.models import Entry
from iesogi.vault import disclosure, members, records, sealing
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import Damaged, NotAMember, VaultRefused
from iesogi.vault.models import RecordGrant, SealedRecord
from iesogi.vault.records import Part
from tests.vault.conftest import AT, fingerprint_of, vault_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def people(case):
    return SealedRecord.objects.get(compartment=case.identity)


def disclose(record, to, by, *, days=30):
    return disclosure.disclose(
        record,
        vault_of(to),
        fingerprint=fingerprint_of(to),
        until=TODAY + timedelta(days=days),
        unlocked=by,
    )


def test_disclosed_record_opens_for_this_person_until_the_day(people, amal, bela, custodian):
    with pytest.raises(NotAMember, match="not disclosed"):
        disclosure.read(people, unlocked=amal, on=TODAY)
    disclose(people, amal, custodian)
    assert disclosure.read(people, unlocked=amal, on=TODAY).content == {"A": "A. N."}
    assert disclosure.read(people, unlocked=amal, on=TODAY + timedelta(days=30))
    with pytest.raises(NotAMember, match="has ended"):
        disclosure.read(people, unlocked=amal, on=TODAY + timedelta(days=31))
    with pytest.raises(NotAMember):
        disclosure.read(people, unlocked=bela, on=TODAY)


def test_disclosed_contact_does_not_open_what_lies_beside_it(people, case, amal, custodian):
    opened = members.open_compartment(custodian, case.identity)
    records.write(opened.place, [Part(Kind.CONTACT, "safe number")], mark_key=opened.mark_key, at=AT)
    beside = SealedRecord.objects.get(kind=Kind.CONTACT)
    disclose(people, amal, custodian)
    with pytest.raises(NotAMember):
        disclosure.read(beside, unlocked=amal, on=TODAY)
    moved = RecordGrant.objects.get()
    moved.record = beside
    moved.save()
    with pytest.raises(Damaged, match="was changed"):
        disclosure.read(beside, unlocked=amal, on=TODAY)
    with pytest.raises(NotAMember):
        members.open_compartment(amal, case.identity)


def test_every_disclosure_and_reading_is_in_the_audit(people, amal, custodian):
    disclose(people, amal, custodian)
    disclosure.read(people, unlocked=amal, on=TODAY)
    given, read = Entry.objects.filter(verb__startswith="record.").order_by("pk")
    assert (given.by, given.data["to"], read.by) == (custodian.user, "amal", amal.user)
    assert "A. N." not in str(given.data) + str(read.data)


def test_second_time_moves_the_last_day(people, amal, custodian):
    disclose(people, amal, custodian, days=1)
    disclose(people, amal, custodian, days=9)
    assert RecordGrant.objects.get().expires_on == TODAY + timedelta(days=9)


def test_expired_disclosures_are_deleted(people, amal, custodian):
    disclose(people, amal, custodian, days=1)
    assert disclosure.expire(on=TODAY + timedelta(days=1)) == 0
    assert disclosure.expire(on=TODAY + timedelta(days=2)) == 1
    assert not RecordGrant.objects.exists()


def test_only_a_custodian_discloses(people, amal, bela):
    with pytest.raises(NotAMember):
        disclose(people, bela, amal)


@pytest.mark.parametrize("wrong", ["fingerprint", "day", "funding", "vault"])
def test_wrong_receiver_is_refused_with_the_reason(people, amal, custodian, wrong):
    vault, fingerprint, until = vault_of(amal), fingerprint_of(amal), TODAY
    why = {"fingerprint": "read aloud", "day": "past", "funding": "OHCHR", "vault": "not in use"}[wrong]
    if wrong == "fingerprint":
        fingerprint = fingerprint_of(custodian)
    elif wrong == "day":
        until = TODAY - timedelta(days=1)
    elif wrong == "funding":
        vault.user.paid_by = PaidBy.OUTSIDE
    else:
        vault.state = "lost"
    with pytest.raises(VaultRefused, match=why):
        disclosure.disclose(people, vault, fingerprint=fingerprint, until=until, unlocked=custodian)


def test_who_has_no_second_factor_any_more_receives_nothing(people, amal, custodian):
    amal.user.authenticator_set.all().delete()
    with pytest.raises(VaultRefused, match="second factor"):
        disclose(people, amal, custodian)


def test_leaver_loses_what_was_disclosed(people, amal, custodian):
    disclose(people, amal, custodian)
    members.close_vault(amal.user, by=custodian.user)
    assert not RecordGrant.objects.exists()
    with pytest.raises(NotAMember):
        disclosure.read(people, unlocked=amal, on=TODAY)


def test_change_of_funding_ends_the_reading(people, amal, custodian):
    disclose(people, amal, custodian)
    amal.user.paid_by = PaidBy.OUTSIDE
    with pytest.raises(NotAMember, match="OHCHR"):
        disclosure.read(people, unlocked=amal, on=TODAY)


def test_key_of_a_disclosure_is_not_in_the_row(people, case, amal, custodian):
    given = disclose(people, amal, custodian)
    key = records.key_of(people, members.open_compartment(custodian, case.identity))
    assert key not in given.sealed
    assert len(key) == sealing.KEY
