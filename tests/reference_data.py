"""The real reference data for any test, loaded once a run and copied in afterwards: a few milliseconds a test."""

from functools import cache

from django.core.management.color import no_style
from django.db import connection, transaction

from iesogi.reference.load import load_reference
from iesogi.reference.models import (
    Affiliation,
    Country,
    LoadedRow,
    Mandate,
    MandateHolder,
    MandateTerm,
    Perspective,
    RegionTag,
    Session,
)

MODELS = [
    RegionTag,
    Country,
    Country.region_tags.through,
    Perspective,
    Perspective.combines.through,
    Session,
    Mandate,
    MandateHolder,
    MandateTerm,
    Affiliation,
    LoadedRow,
]


@cache
def loaded_rows():
    """Rows as `load_reference` writes them, remembered and then taken back."""
    with transaction.atomic():
        load_reference()
        rows = {model: list(model._base_manager.order_by("pk")) for model in MODELS}
        transaction.set_rollback(True)
    return rows


def copy_in():
    for model, rows in loaded_rows().items():
        model._base_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        # Rows came with their primary keys, of which PostgreSQL's sequences know nothing.
        for statement in connection.ops.sequence_reset_sql(no_style(), MODELS):
            cursor.execute(statement)
