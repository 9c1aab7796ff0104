"""A portal of its own for the browser: set up as `make run` sets it up, on SQLite, in a folder that goes away."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

from tests.e2e.going import follow

if os.environ.get("DATABASE_URL", "").startswith("postgres"):
    collect_ignore_glob = ["test_*.py"]  # the portal of these tests brings its own SQLite; once is enough

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STARTS_WITHIN = 30


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


# Of the tests' own process; the portal brings its database, and the two halves of its recovery key, with it.
NOT_HANDED_ON = {"DATABASE_URL", "EMAIL_URL", "CACHE_URL", "RECOVERY_PUBLIC_KEY", "INTAKE_SECRET"}


def environment(folder):
    return {
        **{name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON},
        "VAR_DIR": str(folder),
        "STORAGE_URL": f"file://{folder}/files",
        "DATABASE_URL": f"sqlite:///{folder}/iesogi.sqlite3",
        "CACHE_URL": f"filecache://{folder}/cache",
        "CELERY_BROKER_URL": f"sqla+sqlite:///{folder}/broker.sqlite3",
        "DEMO": "1",
        "DEBUG": "0",
    }


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address):
    last = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            return urlopen(f"{address}/healthz", timeout=2).close()  # noqa: S310
        except (URLError, OSError):
            if time.monotonic() > last:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="package")
def portal(tmp_path_factory):
    """Address of a running portal with the real work programme and the demo users."""
    folder = tmp_path_factory.mktemp("portal")
    environ = environment(folder)
    subprocess.run(
        [sys.executable, "scripts/prepare.py"], cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{free_port()}"
    bind = address.removeprefix("http://")
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "iesogi.wsgi",
        "--bind",
        bind,
        "--threads",
        "4",
        "--log-level",
        "error",
    ]
    with subprocess.Popen(command, cwd=ROOT, env=environ) as server:
        try:
            wait_for(address)
            yield address
        finally:
            server.terminate()


@pytest.fixture(scope="package")
def browser():
    """Ends with the last of these tests: as long as Playwright runs, Django refuses its database to the process."""
    if CHROMIUM is None:
        pytest.skip("No Chromium is installed, so the tests that drive a browser are left out.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def reader(browser, portal):
    """A page as the public reads it: scripts off, and every request that leaves the portal is written down."""
    context = browser.new_context(base_url=portal, java_script_enabled=False)
    yield watched(context, portal)
    context.close()


@pytest.fixture
def checker(browser, portal):
    """For axe, which needs scripts to run; our pages bring none of their own."""
    context = browser.new_context(base_url=portal)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="package")
def signed_in(browser, portal):
    """The cookies of the desk officer, who logged in through the form."""
    context = browser.new_context(base_url=portal)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", "desk.officer")
    page.fill("[name=password]", "portal-trial-2021")
    follow(page, "main button[type=submit]")
    assert page.url == f"{portal}/admin/"
    yield context.storage_state()
    context.close()


@pytest.fixture
def officer_page(browser, portal, signed_in):
    context = browser.new_context(base_url=portal, storage_state=signed_in)
    yield watched(context, portal)
    context.close()


def watched(context, portal):
    page = context.new_page()
    page.complaints, page.strangers = [], []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.strangers.append(request.url) if is_strange(request.url, portal) else None)
    return page


def is_strange(url, portal):
    return not url.startswith((portal, "data:"))
