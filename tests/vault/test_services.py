from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from iesogi.vault import disclosure, sessions
from iesogi.vault.models import CompartmentGrant, KeyBox, RecordGrant, SealedRecord
from iesogi.vault.services import tick
from tests.vault.conftest import fingerprint_of, submit, vault_of

NOW = timezone.now()


@pytest.mark.django_db
def test_tick_deletes_what_has_ended_and_nothing_else(case, amal, custodian):
    record = SealedRecord.objects.get(compartment=case.identity)
    given = {"fingerprint": fingerprint_of(amal), "until": timezone.localdate(), "unlocked": custodian}
    disclosure.disclose(record, vault_of(amal), **given)
    sessions.start_staff(amal, login_session="s", now=NOW)
    assert tick(now=NOW, enqueue=True) == {"disclosures_ended": 0, "sessions_swept": 0}
    assert tick(now=NOW + timedelta(days=1), enqueue=True) == {"disclosures_ended": 1, "sessions_swept": 1}
    assert tick(now=NOW + timedelta(days=1), enqueue=False) == {"disclosures_ended": 0, "sessions_swept": 0}
    assert not RecordGrant.objects.exists()
    assert not KeyBox.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_key_that_was_deleted_leaves_no_trace_in_the_file(channels):
    """On PostgreSQL old row versions stay until the table is rewritten; docs/security.md says so."""
    if connection.vendor != "sqlite":
        pytest.skip("Erasing for good on PostgreSQL comes with the expiry of cases.")
    sent = [submit(f"story {each}") for each in range(10)]
    sealed = [bytes(row.sealed) for row in CompartmentGrant.objects.filter(compartment=sent[3].content)]
    name = connection.settings_dict["NAME"]

    def traces():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        files = [path for path in Path(name).parent.iterdir() if path.name.startswith(Path(name).name)]
        return sum(path.read_bytes().count(sealed[0][:40]) for path in files)

    assert traces() == 1
    CompartmentGrant.objects.filter(compartment=sent[3].content).delete()
    assert traces() == 0
