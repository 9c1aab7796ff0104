from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class SealedField(models.BinaryField):
    """Bytes on every engine (psycopg2 would hand out a memoryview); never in a form or in the admin."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else bytes(value)


def exactly(field, size, name, sentence):
    return models.CheckConstraint(name=name, condition=Exact(Length(field), size), violation_error_message=sentence)
