"""What a command loads, loaded once a run and written again afterwards in a fraction of the time."""

from functools import cache
from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction


def tables():
    """All but the audit: its chain begins anew in every test, and entries of another day would not fit in."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and model._meta.app_label != "audit"]


def rows_now():
    return {model: {row.pk: row for row in model._base_manager.all()} for model in tables()}


def values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def write(rows):
    """`rows` is {model: (made, changed)}."""
    for model, (made, changed) in rows.items():
        model._base_manager.bulk_create(made)
        for row in changed:
            row.save_base(raw=True)
    with connection.cursor() as cursor:
        # Rows came with their primary keys, of which PostgreSQL's sequences know nothing.
        for statement in connection.ops.sequence_reset_sql(no_style(), list(rows)):
            cursor.execute(statement)


def statements_of(action, *args):
    """Every statement that it sends, with its parameters; what begins and ends a transaction is not among them."""
    sent = []

    def listen(execute, sql, params, many, context):
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        action(*args)
    return [(sql, params) for sql, params in sent if not sql.startswith(("SAVEPOINT", "RELEASE"))]


@cache
def remembered(*commands):
    """The statements that write what the commands load; nothing of it is left in the database.

    Kept as statements, because to build them from rows takes Django twice as long as to run them.
    """
    with transaction.atomic():
        before = rows_now()
        with transaction.atomic():
            for command in commands:
                call_command(command, verbosity=0, stdout=StringIO())
            after = rows_now()
            transaction.set_rollback(True)
        rows = {
            model: (
                [row for pk, row in rows.items() if pk not in before[model]],
                [row for pk, row in rows.items() if pk in before[model] and values(row) != values(before[model][pk])],
            )
            for model, rows in after.items()
        }
        statements = statements_of(write, {model: found for model, found in rows.items() if any(found)})
        transaction.set_rollback(True)
    return statements


def write_again(*commands):
    """Inside a transaction, where foreign keys are judged at the end: tables need no order."""
    with connection.cursor() as cursor:
        for sql, params in remembered(*commands):
            cursor.execute(sql, params)
