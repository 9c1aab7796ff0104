"""The malware scanner: a little server that speaks clamd's INSTREAM, over TCP and over a socket in a folder."""

import socketserver
import threading
from contextlib import contextmanager

import pytest

from iesogi.vault.enums import Scan
from iesogi.vault.scanning import scan

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Clamd(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            data += self.rfile.read(size)
        answers = {EICAR in data: b"stream: Eicar-Signature FOUND", b"odd" in data: b"INSTREAM size limit exceeded"}
        self.server.received.append(data)
        self.wfile.write(answers.get(True, b"stream: OK") + b"\0")


@contextmanager
def serving(place):
    """At a path, or at a host and port."""
    kind = socketserver.ThreadingTCPServer if isinstance(place, tuple) else socketserver.ThreadingUnixStreamServer
    with kind(place if isinstance(place, tuple) else str(place), Clamd) as server:
        server.received = []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield server
        server.shutdown()


@pytest.fixture(params=["tcp", "unix"])
def clamd(request, settings, tmp_path):
    with serving(("127.0.0.1", 0) if request.param == "tcp" else tmp_path / "clamd") as server:
        tcp = f"tcp://127.0.0.1:{server.server_address[1]}"
        settings.CLAMAV_URL = tcp if request.param == "tcp" else f"unix://{tmp_path}/clamd"
        yield server


def test_scanner_gets_the_whole_file_and_its_word_is_kept(clamd):
    assert scan([b"one", b"", b"two"]) == Scan.CLEAN
    assert scan([b"a", EICAR]) == Scan.INFECTED
    assert clamd.received == [b"onetwo", b"a" + EICAR]


def test_scanner_that_answers_something_else_is_told(clamd, caplog):
    assert scan([b"odd"]) == Scan.UNSCANNED
    assert "something else than a finding" in caplog.text


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd"])
def test_scanner_that_is_away_is_told_and_stops_nobody(settings, caplog, url):
    settings.CLAMAV_URL = url
    assert scan([b"one"]) == Scan.UNSCANNED
    assert "did not answer" in caplog.text


def test_no_scanner_is_no_finding(settings, caplog):
    settings.CLAMAV_URL = ""
    assert scan(iter(())) == Scan.UNSCANNED
    assert caplog.text == ""
