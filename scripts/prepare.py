"""Database, static files and data for this installation, in one process.

Nothing is done when no file of the project has changed since the last time and the database is still there.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [
    "iesogi",
    "reports",
    "visits",
    "communications",
    "dissemination",
    "locale",
    "static",
    "templates",
    "scripts",
    "requirements.txt",
    ".env",
]
# In this order: what a later one looks up, an earlier one has loaded.
LOADERS = ["load_reference", "load_deadlines", "sync_roles", "load_work_programme"]


def fingerprint(settings):
    """Names, sizes and times of all that set-up reads, and the database it writes to."""
    found = hashlib.sha256(f"{settings.DATABASES['default']['NAME']} {settings.DEMO} {sys.version}".encode())
    for source in SOURCES:
        path = ROOT / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix not in {".pyc", ".mo"}:
                facts = file.stat()
                found.update(f"{file.relative_to(ROOT)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return found.hexdigest()


def database_is_there(settings):
    """A server may have lost its database unseen, so only a file counts as known to be there."""
    database = settings.DATABASES["default"]
    return database["ENGINE"].endswith("sqlite3") and Path(database["NAME"]).is_file()


def stale_catalogues():
    for catalogue in (ROOT / "locale").rglob("*.po"):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            yield catalogue, compiled


def compile_messages():
    for catalogue, compiled in stale_catalogues():
        subprocess.run(["msgfmt", "--check-format", "-o", compiled, catalogue], check=True)  # noqa: S607


def set_up(settings):
    import django
    from django.core.management import call_command

    print("Preparing database, static files and data")
    compile_messages()
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    for command in LOADERS:
        call_command(command)
    if settings.DEMO:
        call_command("vault_setup", verbosity=0)
        call_command("load_demo", verbosity=0)


def reasons():
    """What a person can mend; anything else is a fault of ours and shows its traceback."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import DatabaseError

    return OSError, ImproperlyConfigured, CommandError, DatabaseError, subprocess.CalledProcessError


def prepare():
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iesogi.settings")
    from django.conf import settings

    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    stamp = settings.VAR_DIR / "prepared"
    wanted = fingerprint(settings)
    if stamp.exists() and stamp.read_text() == wanted and database_is_there(settings):
        return
    set_up(settings)
    stamp.write_text(fingerprint(settings))


def main():
    try:
        prepare()
    except reasons() as error:
        sys.exit(f"The portal could not be set up: {error}")


if __name__ == "__main__":
    main()
