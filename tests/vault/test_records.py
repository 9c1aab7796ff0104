"""Inside one case: nothing can be moved, altered or forged without showing."""

import uuid

import pytest

from iesogi.vault import members, records, sealing
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import Damaged
from iesogi.vault.models import SealedRecord
from iesogi.vault.records import Opened, Part
from tests.vault.conftest import AT, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(case, amal):
    return members.open_compartment(amal, case.content)


@pytest.fixture
def report(case):
    return SealedRecord.objects.get(compartment=case.content)


def test_record_reads_with_its_exact_time_sealed_inside(opened, report):
    assert records.read(report, opened) == Opened(report.uuid, Kind.REPORT, AT, {"story": "They came at night."})


def test_staff_write_and_read_what_only_they_read(opened, case):
    parts = [Part(Kind.NOTE, "Ask about the second witness."), Part(Kind.MESSAGE_OUT, "We received it.")]
    records.write(opened.place, parts, mark_key=opened.mark_key, thread=opened.thread, at=AT)
    rows = SealedRecord.objects.filter(compartment=case.content).exclude(kind=Kind.REPORT)
    assert {records.read(row, opened).content for row in rows} == {
        "Ask about the second witness.",
        "We received it.",
    }


@pytest.mark.parametrize("field", ["sealed_key", "body", "mark"])
def test_any_changed_byte_is_damage(opened, report, field):
    value = bytearray(getattr(report, field))
    value[40 if len(value) > 40 else 0] ^= 1
    setattr(report, field, bytes(value))
    with pytest.raises(Damaged):
        records.read(report, opened)


@pytest.mark.parametrize(("field", "value"), [("kind", Kind.NOTE), ("uuid", uuid.UUID(int=5))])
def test_moved_record_is_damage(opened, report, field, value):
    setattr(report, field, value)
    with pytest.raises(Damaged):
        records.read(report, opened)


def test_record_of_another_case_is_damage(opened, channels):
    other = SealedRecord.objects.get(compartment=submit("other").content)
    with pytest.raises(Damaged):
        records.read(other, opened)


def test_row_forged_with_the_public_half_alone_is_refused(opened):
    forged = records.seal_part(opened.place, Part(Kind.NOTE, "Close it."), mark_key=sealing.new_key(), at=AT)
    with pytest.raises(Damaged, match="does not belong"):
        records.read(forged, opened)


def test_file_record_keeps_the_key_of_its_stream(opened):
    part = Part(Kind.FILE_CLEANED, blob="random-name")
    row = records.seal_part(opened.place, part, mark_key=opened.mark_key, at=AT)
    assert row.body is None
    assert records.key_of(row, opened) == part.key
    assert records.read(row, opened) == Opened(row.uuid, Kind.FILE_CLEANED, None, None)
    row.blob = "another-name"
    with pytest.raises(Damaged):
        records.key_of(row, opened)
