"""One web process or more as the Procfile starts it, for measures and tests that need a true connection."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN = 60
BOUNDARY = b"----bench"
HEAD = (
    b'--%s\r\nContent-Disposition: form-data; name="files"; filename="evidence.bin"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n" % BOUNDARY
)
TAIL = b"\r\n--%s--\r\n" % BOUNDARY
# Any page reads a form before it judges it, and this one needs no database for that.
ADDRESS = "/accounts/login/"


class Web:
    def __init__(self, port: int, master: int, log: Path):
        self.port, self._master, self.log = port, master, log

    @property
    def worker(self) -> int:
        return int(Path(f"/proc/{self._master}/task/{self._master}/children").read_text().split()[0])

    def memory(self, name: str = "VmRSS") -> float:
        """Of the worker, in MB; `VmHWM` is the most since `forget_peak`."""
        lines = Path(f"/proc/{self.worker}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))

    def forget_peak(self) -> None:
        Path(f"/proc/{self.worker}/clear_refs").write_text("5")

    def open_files(self, folder: Path) -> list[Path]:
        """Of the worker, in a folder: those without a name as well."""
        found = []
        for each in Path(f"/proc/{self.worker}/fd").iterdir():
            try:
                if os.readlink(each).startswith(f"{folder}/"):
                    found.append(each)
            except FileNotFoundError:
                continue
        return found

    def send(self, *pieces: bytes, length: int) -> socket.socket:
        """Begin an upload of a file of so many bytes; the caller sends the rest, or does not."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection.sendall(
            f"POST {ADDRESS} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY.decode()}\r\n"
            f"Content-Length: {len(HEAD) + length + len(TAIL)}\r\n\r\n".encode()
            + HEAD
        )
        for piece in pieces:
            connection.sendall(piece)
        return connection

    def upload(self, size: int) -> bytes:
        """A whole file; the first line of the answer."""
        piece = os.urandom(1024**2)
        pieces = [piece] * (size // len(piece)) + [piece[: size % len(piece)]]
        with closing(self.send(*pieces, length=size)) as connection:
            connection.sendall(TAIL)
            return connection.makefile("rb").readline()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(folder: Path, *, workers: int = 1, **environment: str) -> Iterator[Web]:
    """Started on a free port with its temporary files in `folder`; ended with the block."""
    port, log = _free_port(), folder / "web.log"
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "gunicorn", "iesogi.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--threads", "4", "--no-control-socket"]
    command += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108, its heartbeat
    given = os.environ | {"TMPDIR": str(temporary), "DJANGO_SETTINGS_MODULE": "iesogi.settings"} | environment
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=output, stderr=subprocess.STDOUT)
    web = Web(port, process.pid, log)
    try:
        _wait(web, process)
        yield web
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(web: Web, process: subprocess.Popen) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with closing(socket.create_connection(("127.0.0.1", web.port), timeout=5)) as connection:
                connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if b"200" in connection.makefile("rb").readline():
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The web process did not start: {web.log.read_text()[-2000:]}")
