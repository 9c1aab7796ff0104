from django.db import models


class SealedField(models.BinaryField):
    """Bytes on every engine (psycopg2 would hand out a memoryview); never in a form or in the admin."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else bytes(value)
