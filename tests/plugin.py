"""Loaded before Django's settings: the environment of a test run, and a folder of its own for its files.

DATABASE_URL, CELERY_BROKER_URL and CACHE_URL may be set from outside (PostgreSQL and Redis); all else is fixed here.
"""

import atexit
import os
import shutil
import tempfile

VAR_DIR = tempfile.mkdtemp(prefix="iesogi-tests-")
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)

os.environ.update(
    VAR_DIR=VAR_DIR,
    DEBUG="0",
    DEMO="0",
    HTTPS="0",
    SECRET_KEY="only-for-tests-" + "x" * 50,
    INTAKE_SECRET="11" * 32,
    RECOVERY_PUBLIC_KEY="22" * 32,
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    STORAGE_URL=f"file://{VAR_DIR}/files",
)
os.environ.pop("EMAIL_URL", None)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{VAR_DIR}/iesogi.sqlite3")
os.environ.setdefault("CELERY_BROKER_URL", f"sqla+sqlite:///{VAR_DIR}/broker.sqlite3")
os.environ.setdefault("CACHE_URL", f"filecache://{VAR_DIR}/cache")
