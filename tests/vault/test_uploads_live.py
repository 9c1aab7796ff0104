"""Uploads over a true connection to a web process as in production."""

import time
from contextlib import closing

import pytest

from bench import web

pytestmark = pytest.mark.services
CANARY = b"a sentence nobody may find. "
HALF = 3_000_000


@pytest.fixture(scope="module")
def server(tmp_path_factory, static_files):
    folder = tmp_path_factory.mktemp("web")
    with web.running(folder) as found:
        found.temporary = folder / "tmp"
        yield found


def wait_until(happened):
    until = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_upload_that_is_cut_leaves_nothing_and_was_never_in_clear(server):
    with closing(server.send((CANARY * (HALF // 28 + 1))[:HALF], length=2 * HALF)):
        wait_until(lambda: any(len(each.read_bytes()) > HALF // 2 for each in server.open_files(server.temporary)))
        assert list(server.temporary.iterdir()) == []
        assert not any(CANARY[:8] in each.read_bytes() for each in server.open_files(server.temporary))
    wait_until(lambda: server.open_files(server.temporary) == [])
    assert b" 403 " in server.upload(1000)  # the process goes on; this page asks for its token
    assert "Traceback" not in server.log.read_text()
    assert "evidence" not in server.log.read_text()


def test_cut_body_never_reaches_a_page(server):
    """What came would look like a whole form with a shorter file."""
    before = server.log.read_text().count("A form could not be read: UnreadablePostError")
    server.send(b"x" * 1000, length=2000).close()
    wait_until(lambda: server.log.read_text().count("A form could not be read: UnreadablePostError") > before)


def test_worker_stays_small_while_a_large_file_arrives(server):
    server.upload(1_000_000)
    idle = server.memory()
    server.forget_peak()
    server.upload(50_000_000)
    assert server.memory("VmHWM") - idle < 150
