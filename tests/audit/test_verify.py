"""A changed, missing or foreign entry of the audit is found, and the command says where."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from iesogi.audit import services
from iesogi.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    return [services.record(by=None, verb=f"thing.done{number}", label="x") for number in range(4)]


def said():
    output = StringIO()
    call_command("audit_verify", stdout=output)
    return output.getvalue()


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_whole_chain_is_confirmed_with_its_last_hash(entries):
    assert said().startswith(f"{Entry.objects.count()} audit entries checked: the chain is whole.")
    assert entries[-1].hash in said()


def test_empty_chain_is_whole():
    assert said().startswith("0 audit entries checked")


def test_changed_entry_is_named(entries):
    run("UPDATE audit_entry SET verb = 'nothing.done' WHERE id = %s", entries[2].pk)
    with pytest.raises(CommandError, match=rf"breaks at entry {entries[2].pk} \(nothing.done.*after 2 entries"):
        said()


def test_entry_taken_out_is_found_at_the_next(entries):
    run("DELETE FROM audit_entry WHERE id = %s", entries[1].pk)
    with pytest.raises(CommandError, match=f"breaks at entry {entries[2].pk}"):
        said()


def test_entries_cut_off_at_the_end_are_found(entries):
    run("DELETE FROM audit_entry WHERE id = %s", entries[3].pk)
    with pytest.raises(CommandError, match="the last ones were taken out"):
        said()
