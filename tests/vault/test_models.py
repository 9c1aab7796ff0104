"""What the database itself refuses, and what rows of a reporter must never hold."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from iesogi.vault.enums import EpochState, Kind, Slug
from iesogi.vault.models import (
    Channel,
    ChannelEpoch,
    ChannelGrant,
    Compartment,
    CompartmentGrant,
    KeyBox,
    Receipt,
    RecordGrant,
    SealedRecord,
    Unfinished,
    UnfinishedPart,
    Vault,
)

ROOM = Path(__file__).resolve().parents[2] / "iesogi" / "vault"
BY_REPORTERS = [Compartment, CompartmentGrant, SealedRecord, Receipt, Unfinished, UnfinishedPart]
KEY = b"k" * 32
NOON = datetime(2021, 6, 21, 12, tzinfo=UTC)


def refused(constraint):
    """On SQLite a plain unique constraint is told by its columns."""
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize("model", BY_REPORTERS)
def test_rows_of_a_reporter_carry_no_clock_and_no_running_number(model):
    clocks = (models.DateField, models.TimeField, models.DurationField, models.AutoField, models.BigAutoField)
    assert [field.name for field in model._meta.fields if isinstance(field, clocks)] == []
    assert isinstance(model._meta.pk, models.UUIDField)


def test_every_rule_has_its_sentence():
    for model in apps.get_app_config("vault").get_models():
        for constraint in model._meta.constraints:
            assert str(constraint.violation_error_message).endswith("."), constraint.name


def test_no_field_is_open_to_a_form():
    binary = [
        field
        for model in apps.get_app_config("vault").get_models()
        for field in model._meta.fields
        if isinstance(field, models.BinaryField)
    ]
    assert len(binary) >= 15
    assert not any(field.editable for field in binary)


def test_only_sealing_imports_the_crypto_library():
    assert [path.name for path in sorted(ROOM.rglob("*.py")) if "nacl" in path.read_text("utf-8")] == ["sealing.py"]


def vault_fields(user, **kwargs):
    return {"user": user, "public": KEY, "salt": b"s" * 16, "passes": 1, "memory": 8192, "private": b"x"} | kwargs


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("vault_public_half_is_a_key", {"public": b"short"}),
        ("vault_salt_is_whole", {"salt": b"short"}),
        ("vault_state_is_known", {"state": "open"}),
    ],
)
def test_database_keeps_the_rules_of_a_vault(officer, constraint, fields):
    with refused(constraint):
        Vault.objects.create(**vault_fields(officer, **fields))


@pytest.mark.django_db
def test_one_vault_in_use_per_person(officer):
    Vault.objects.create(**vault_fields(officer, state="lost", public=b"l" * 32))
    Vault.objects.create(**vault_fields(officer))
    with refused("vault_one_in_use_per_user|user_id"):
        Vault.objects.create(**vault_fields(officer, public=b"m" * 32))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("channel_is_known", {"slug": "gossip"}),
        ("channel_of_communications_is_for_ohchr", {"slug": Slug.CASES, "ohchr_only": False}),
    ],
)
def test_database_keeps_the_rules_of_a_channel(constraint, fields):
    with refused(constraint):
        Channel.objects.create(**fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("epoch_number_once_per_channel|channel_id", {"number": 1, "state": EpochState.RETIRED}),
        ("epoch_one_current_per_channel|channel_id", {"number": 2}),
        ("epoch_state_is_known", {"number": 2, "state": "sleeping"}),
        ("epoch_number_starts_at_one", {"number": 0, "state": EpochState.RETIRED}),
        ("epoch_public_half_is_a_key", {"number": 2, "state": EpochState.RETIRED, "public": b"short"}),
    ],
)
def test_database_keeps_the_rules_of_an_epoch(channels, constraint, fields):
    with refused(constraint):
        ChannelEpoch.objects.create(**{"channel": channels["cases"], "public": KEY, "pin": KEY} | fields)


@pytest.mark.django_db
def test_one_rotation_of_a_channel_at_a_time(channels):
    leaving = {"channel": channels["cases"], "pin": KEY, "state": EpochState.LEAVING}
    ChannelEpoch.objects.create(number=2, public=b"1" * 32, **leaving)
    with refused("epoch_one_leaving_per_channel|channel_id"):
        ChannelEpoch.objects.create(number=3, public=b"2" * 32, **leaving)


@pytest.mark.django_db
def test_database_keeps_the_rules_of_a_membership(channels, cases_epoch):
    given = {"epoch": cases_epoch, "sealed": b"x", "given_on": date(2021, 6, 21)}
    with refused("channel_grant_once_for_recovery|epoch_id"), transaction.atomic():
        ChannelGrant.objects.create(vault=None, member_mark=KEY, **given)
    with refused("channel_grant_once_per_vault|vault_id"), transaction.atomic():
        ChannelGrant.objects.create(vault=Vault.objects.get(user__username="amal"), member_mark=KEY, **given)
    with refused("channel_grant_is_marked"), transaction.atomic():
        ChannelGrant.objects.create(vault=Vault.objects.get(user__username="custodian"), member_mark=b"short", **given)


@pytest.mark.django_db
def test_database_keeps_the_rules_of_a_compartment(channels, cases_epoch, case):
    with refused("compartment_public_half_is_a_key"), transaction.atomic():
        Compartment.objects.create(channel=channels["cases"], public=b"short")
    with refused("compartment_one_canary_per_channel|channel_id"), transaction.atomic():
        Compartment.objects.create(channel=channels["cases"], public=KEY, is_canary=True)
    with refused("compartment_grant_is_single|compartment_id"), transaction.atomic():
        CompartmentGrant.objects.create(compartment_id=case.content, epoch=cases_epoch, sealed=b"x")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("record_is_text_or_file", {}),
        ("record_is_text_or_file", {"body": b"x", "blob": "name"}),
        ("record_kind_is_known", {"body": b"x", "kind": "gossip"}),
        ("record_is_marked", {"body": b"x", "mark": b"short"}),
    ],
)
def test_database_keeps_the_rules_of_a_record(case, constraint, fields):
    record = {"compartment_id": case.content, "kind": Kind.NOTE, "sealed_key": b"x", "mark": KEY}
    with refused(constraint):
        SealedRecord.objects.create(**record | fields)


@pytest.mark.django_db
def test_two_records_never_share_a_file(case):
    record = {"compartment_id": case.content, "kind": Kind.FILE_ORIGINAL, "sealed_key": b"x", "mark": KEY}
    SealedRecord.objects.create(blob="one", **record)
    with refused("record_has_a_file_of_its_own|blob"):
        SealedRecord.objects.create(blob="one", **record)


@pytest.mark.django_db
def test_database_keeps_the_rules_of_a_receipt(case):
    other = Compartment.objects.exclude(uuid=case.content).first()
    known = Receipt.objects.get()
    with refused("lookup_id"), transaction.atomic():
        Receipt.objects.create(lookup_id=known.lookup_id, compartment=other, box=b"x")
    with refused("receipt_one_per_compartment|compartment_id"), transaction.atomic():
        Receipt.objects.create(lookup_id=KEY, compartment_id=case.content, box=b"x")
    with refused("receipt_lookup_is_whole"), transaction.atomic():
        Receipt.objects.create(lookup_id=b"short", compartment=other, box=b"x")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("unfinished_part_is_text_or_file", {}),
        ("unfinished_part_is_text_or_file", {"body": b"x", "blob": "name"}),
        ("unfinished_has_one_body|unfinished_id", {"body": b"x"}),
        ("unfinished_file_is_its_own|blob", {"blob": "one"}),
    ],
)
def test_database_keeps_the_rules_of_what_is_unfinished(constraint, fields):
    row = Unfinished.objects.create(lookup_id=KEY, box=b"x")
    UnfinishedPart.objects.create(unfinished=row, body=b"x")
    UnfinishedPart.objects.create(unfinished=row, blob="one")
    with refused(constraint):
        UnfinishedPart.objects.create(unfinished=row, **fields)


@pytest.mark.django_db
def test_database_keeps_the_rules_of_a_disclosure(case, amal):
    record = SealedRecord.objects.filter(compartment=case.identity).first()
    given = {"record": record, "vault_id": amal.vault_id, "sealed": b"x", "given_by": amal.user}
    with refused("disclosure_ends_after_it_begins"), transaction.atomic():
        RecordGrant.objects.create(given_on=date(2021, 6, 21), expires_on=date(2021, 6, 20), **given)
    days = {"given_on": date(2021, 6, 21), "expires_on": date(2021, 6, 21)}
    RecordGrant.objects.create(**days, **given)
    with refused("disclosure_once_per_person|record_id"), transaction.atomic():
        RecordGrant.objects.create(**days, **given)


@pytest.mark.django_db
def test_names_of_rows_say_nothing_of_a_case(case, amal):
    shown = [
        str(row)
        for model in apps.get_app_config("vault").get_models()
        if model not in (Channel, ChannelEpoch, ChannelGrant, Vault)
        for row in model.objects.all()
    ]
    assert len(shown) >= 10
    assert all(set(text) <= set("0123456789abcdef-") for text in shown)


@pytest.mark.django_db
def test_unlocked_session_does_not_outlive_its_limit():
    with refused("key_box_idles_within_its_life"):
        KeyBox.objects.create(id="a", box=b"x", idle_until=NOON.replace(hour=13), dies_at=NOON)
