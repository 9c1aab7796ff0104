from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from iesogi.vault import disclosure, erasing, members, sessions
from iesogi.vault.enums import Kind
from iesogi.vault.models import CompartmentGrant, KeyBox, RecordGrant, SealedRecord
from iesogi.vault.services import tick
from tests.vault.conftest import fingerprint_of, submit, vault_of

NOW = timezone.now()


@pytest.fixture(autouse=True)
def fresh_hour():
    cache.clear()


@pytest.mark.django_db
def test_tick_deletes_what_has_ended_and_nothing_else(case, amal, custodian):
    record = SealedRecord.objects.get(compartment=case.identity)
    given = {"fingerprint": fingerprint_of(amal), "until": timezone.localdate(), "unlocked": custodian}
    disclosure.disclose(record, vault_of(amal), **given)
    sessions.start_staff(amal, login_session="s", now=NOW)
    later = NOW + timedelta(days=1)
    names = ["disclosures_ended", "sessions_swept", "vaults_closed", "memberships_ended", "sessions_ended"]
    nothing = dict.fromkeys(names, 0)
    assert tick(now=NOW, enqueue=True) == nothing | {"files_swept": 0}
    ended = {"disclosures_ended": 1, "sessions_swept": 1, "files_swept": 0}
    assert tick(now=later, enqueue=True) == nothing | ended
    assert tick(now=later, enqueue=False) == nothing  # the storage is walked through once an hour
    assert not RecordGrant.objects.exists()
    assert not KeyBox.objects.exists()


def bytes_of_the_database():
    """All that lies in the files of the tables, live or dead; not the write-ahead log of PostgreSQL."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        return b"".join(path.read_bytes() for path in name.parent.iterdir() if path.name.startswith(name.name))
    found = []
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        for model in [*erasing.HOLD_KEYS, SealedRecord]:
            cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s))", [model._meta.db_table])
            found.append(bytes(cursor.fetchone()[0]))
    return b"".join(found)


@pytest.fixture
def patient(monkeypatch):
    """Tests in other processes are transactions of the same server, and some go on for long."""
    monkeypatch.setattr(erasing, "PATIENCE", 240)


@pytest.mark.django_db(transaction=True)
def test_erased_grant_is_in_no_file_of_the_database(channels, patient):
    sent = [submit(f"story {each}") for each in range(10)]
    sealed = CompartmentGrant.objects.get(compartment=sent[3].content).sealed
    kept = CompartmentGrant.objects.get(compartment=sent[4].content).sealed
    assert sealed[:40] in bytes_of_the_database()
    assert erasing.erase([sent[3].content, sent[3].identity]) == 2
    assert sealed[:40] not in bytes_of_the_database()
    assert kept[:40] in bytes_of_the_database()


@pytest.mark.django_db(transaction=True)
def test_erased_text_is_in_no_file_of_the_database_and_the_rest_of_its_case_opens(channels, amal, patient):
    sent = submit("story")
    record = SealedRecord.objects.get(compartment=sent.content, kind=Kind.REPORT)
    kept = SealedRecord.objects.exclude(pk=record.pk).get(compartment=sent.identity)
    assert erasing.erase_records(SealedRecord.objects.filter(pk=record.pk)) == 1
    assert erasing.purge_copies(with_records=True)
    assert bytes(record.sealed_key)[:40] not in bytes_of_the_database()
    assert bytes(kept.sealed_key)[:40] in bytes_of_the_database()
    assert members.open_compartment(amal, sent.content)


def begin_on_the_server(database, *statements):
    """A connection of its own to that database, left within its transaction."""
    other = connection.copy()
    other.settings_dict["NAME"] = database or connection.settings_dict["NAME"]
    cursor = other.cursor()
    for statement in statements:
        cursor.execute(statement)
    return other


READ = ["BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT 1"]
WRITE = ["BEGIN", "SELECT pg_current_xact_id()"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite zeroes what is deleted, whoever still reads.")
@pytest.mark.parametrize(("database", "statements"), [("", READ), ("", WRITE), ("postgres", WRITE)])
@pytest.mark.django_db(transaction=True)
def test_purge_waits_for_whoever_still_sees_what_was_deleted(channels, patient, monkeypatch, database, statements):
    sent = submit("story")
    sealed = CompartmentGrant.objects.get(compartment=sent.content).sealed
    other = begin_on_the_server(database, *statements)
    try:
        with monkeypatch.context() as hurry:
            hurry.setattr(erasing, "PATIENCE", 0.2)
            erasing.erase([sent.content, sent.identity])
            assert not erasing.purge_copies()
    finally:
        other.close()
    assert erasing.purge_copies()
    assert sealed[:40] not in bytes_of_the_database()


@pytest.mark.django_db(transaction=True)
def test_night_purges_the_texts_that_were_busy_when_they_were_erased(channels, patient):
    sent = submit("story")
    record = SealedRecord.objects.get(compartment=sent.content, kind=Kind.REPORT)
    erasing.erase_records(SealedRecord.objects.filter(pk=record.pk))
    tick(now=datetime(2021, 6, 22, 3, 10, tzinfo=timezone.get_default_timezone()), enqueue=True)
    assert bytes(record.sealed_key)[:40] not in bytes_of_the_database()
