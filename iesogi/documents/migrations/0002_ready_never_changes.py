"""The database itself refuses to change what a ready document says, whatever code asks for it."""

from django.db import migrations

GUARDED = [
    "kind",
    "title",
    "language",
    "as_of",
    "version",
    "snapshot",
    "snapshot_sha256",
    "file",
    "file_sha256",
    "state",
]
MESSAGE = "A ready document never changes. Ask for a new version instead."


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in GUARDED)
        schema_editor.execute(
            "CREATE TRIGGER document_ready_never_changes BEFORE UPDATE ON documents_document "
            f"WHEN OLD.state = 'ready' AND ({changed}) BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
    elif schema_editor.connection.vendor == "postgresql":
        changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in GUARDED)
        schema_editor.execute(
            "CREATE FUNCTION document_ready_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            "CREATE TRIGGER document_ready_never_changes BEFORE UPDATE ON documents_document FOR EACH ROW "
            f"WHEN (OLD.state = 'ready' AND ({changed})) EXECUTE FUNCTION document_ready_never_changes()"
        )


def release(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS document_ready_never_changes")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS document_ready_never_changes ON documents_document")
        schema_editor.execute("DROP FUNCTION IF EXISTS document_ready_never_changes()")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunPython(guard, release)]
