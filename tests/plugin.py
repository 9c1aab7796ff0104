"""Loaded before Django's settings: the environment of a test run, and a folder of its own for its files.

DATABASE_URL, CELERY_BROKER_URL and CACHE_URL may be set from outside (PostgreSQL and Redis); all else is fixed here.
Processes that share a run (pytest -n) share nothing else: each has files, broker and cache of its own.
"""

import atexit
import os
import re
import shutil
import tempfile

OURS = "iesogi-tests-"
VAR_DIR = tempfile.mkdtemp(prefix=OURS)
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)

# gw0, gw1, ... of pytest-xdist; 0 where one process runs alone.
NUMBER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
EMBEDDED = {
    "DATABASE_URL": f"sqlite:///{VAR_DIR}/iesogi.sqlite3",
    "CELERY_BROKER_URL": f"sqla+sqlite:///{VAR_DIR}/broker.sqlite3",
    "CACHE_URL": f"filecache://{VAR_DIR}/cache",
}


def own_share(url):
    """Of a Redis server: the database as many further on as this process has a number."""
    return re.sub(r"^(redis(?:cache)?://[^/]+/)(\d+)$", lambda found: found[1] + str(int(found[2]) + NUMBER), url)


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
for name, embedded in EMBEDDED.items():
    given = os.environ.get(name, "")
    # A folder of ours in it was the choice of the process that started this one.
    os.environ[name] = own_share(given) if given and OURS not in given else embedded
