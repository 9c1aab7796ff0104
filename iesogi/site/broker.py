"""Housekeeping of the embedded broker: kombu's SQL transport only hides messages it has delivered."""

import sqlite3
from contextlib import closing

from django.conf import settings

PREFIX = "sqla+sqlite:///"


def prune() -> int:
    """Delete delivered messages from the broker's SQLite file, if there is one; how many went."""
    if not settings.CELERY_BROKER_URL.startswith(PREFIX):
        return 0
    path = settings.CELERY_BROKER_URL.removeprefix(PREFIX)
    with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=5)) as connection, connection:
        return connection.execute("DELETE FROM kombu_message WHERE NOT visible").rowcount
