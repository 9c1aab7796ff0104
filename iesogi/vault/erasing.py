"""The end of a case: without its grants nothing opens any more, whatever copies of the sealed records are left.

Databases keep what was deleted for a while; `purge_copies` has them write the few tables that hold keys anew. Backups
and write-ahead logs are as old as their keeper lets them become (docs/security.md).
"""

import logging
import time
from collections.abc import Iterable
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from iesogi.vault import blobs
from iesogi.vault.models import ChannelGrant, CompartmentGrant, KeyBox, Receipt, RecordGrant, SealedRecord, Unfinished

logger = logging.getLogger(__name__)
# Small tables: a row for each member, case, disclosure, open session or unfinished text. Written anew in a moment.
HOLD_KEYS = [ChannelGrant, CompartmentGrant, KeyBox, Receipt, RecordGrant, Unfinished]
PATIENCE = 5  # seconds
NEXT_TRANSACTION = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
# What VACUUM FULL takes as its horizon: transactions that write, in any database of the server, as its own snapshot
# counts them; then whoever reads in this database or through a replica.
LOOK_BACK = """
    SELECT pg_snapshot_xmin(pg_current_snapshot()) < %(next)s::xid8
        OR EXISTS (
            SELECT FROM pg_stat_activity
            WHERE COALESCE(datname, current_database()) = current_database() AND pid <> pg_backend_pid()
            AND age(backend_xmin) > age(%(next)s::xid8::xid)
        )
        OR EXISTS (SELECT FROM pg_replication_slots WHERE age(xmin) > age(%(next)s::xid8::xid))
"""


@transaction.atomic
def erase(places: Iterable[UUID]) -> int:
    """Crypto-erase the compartments of a case; how many records went. The empty compartments stay for their owners.

    Callers take rows of their own that point at records away first, and leave the audit entry, which knows the case.
    """
    places = list(places)
    # Held, so that a message that is being added now comes before this or is refused.
    grants = CompartmentGrant.objects.select_for_update().filter(compartment__in=places)
    CompartmentGrant.objects.filter(pk__in=[grant.pk for grant in grants]).delete()
    Receipt.objects.filter(compartment__in=places).delete()
    records = SealedRecord.objects.filter(compartment__in=places)
    names = list(records.exclude(blob="").values_list("blob", flat=True))
    RecordGrant.objects.filter(record__compartment__in=places).delete()
    count = records.count()
    records.delete()
    transaction.on_commit(lambda: blobs.drop(names), robust=True)
    transaction.on_commit(purge_copies, robust=True)
    return count


def erase_records(records: QuerySet[SealedRecord]) -> int:
    """Single texts of a compartment that goes on. Its key still opens copies of them, so callers purge those too."""
    RecordGrant.objects.filter(record__in=records).delete()
    return records.delete()[0]


def purge_copies(*, with_records: bool = False) -> bool:
    """Have the database forget deleted keys. False where it has to wait: inside a transaction, or while it is busy.

    `with_records` writes the table of the sealed texts anew as well, which is not small: nobody reads or sends then.
    """
    if connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            if not _nobody_looks_back(cursor):
                return False
            _purge(cursor, [*HOLD_KEYS, SealedRecord] if with_records else HOLD_KEYS)
    except DatabaseError as error:
        logger.warning("Deleted keys are not purged yet; the tick will try again: %s", error)
        return False
    return True


def _nobody_looks_back(cursor) -> bool:
    """PostgreSQL keeps a deleted row for a transaction that began before, and copies it into the table written anew.

    Readers of other database users, autovacuum among them, are seen by a role with `pg_read_all_stats` alone.
    """
    if connection.vendor == "sqlite":
        return True
    cursor.execute(NEXT_TRANSACTION)
    after, last = {"next": cursor.fetchone()[0]}, time.monotonic() + PATIENCE
    while True:
        cursor.execute(LOOK_BACK, after)
        if not cursor.fetchone()[0]:
            return True
        if time.monotonic() > last:
            logger.warning("Deleted keys are not purged yet: an older transaction goes on. The tick will try again.")
            return False
        time.sleep(0.1)


def _purge(cursor, models) -> None:
    if connection.vendor == "sqlite":
        # `secure_delete` has zeroed the pages; the log still holds what they were.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{PATIENCE}s"])
    try:
        for model in models:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
    finally:
        cursor.execute("RESET lock_timeout")
