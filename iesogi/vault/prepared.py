"""Questions that every send asks, with their SQL worked out once for each process.

Django works out the SQL of a QuerySet anew each time, which takes several times as long as the database needs for the
answer. The question stays a QuerySet, with its columns in `values_list`. Rows come as the driver gives them, but for
bytes, which are bytes on every engine (psycopg2 would hand out a memoryview); a UUID is text on SQLite.
"""

from collections.abc import Callable
from functools import cached_property

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    def __init__(self, question: Callable[[], QuerySet]):
        """The question is put together at its first use, when all models are there."""
        self._question = question

    @cached_property
    def _sql(self) -> tuple[str, tuple]:
        return self._question().query.sql_with_params()

    def rows(self, *values: object) -> list[tuple]:
        """`values` take the place of those in the question, in the order of its SQL; without any it is asked as is."""
        sql, own = self._sql
        with connection.cursor() as cursor:
            cursor.execute(sql, values or own)
            return [tuple(map(_plain, row)) for row in cursor]


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
