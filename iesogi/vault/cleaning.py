"""A cleaned copy of a file, made by a child process that has an empty environment, two pipes, and little of the rest.

Libraries that take files of strangers apart have had holes, and will have more; none of them is loaded into the web
process, which knows only the child's first line and the bytes that follow. It also reads and draws PDF files for us.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from iesogi.vault.enums import Reason

CHILD = Path(__file__).resolve().parent / "_clean_child"
PIECE = 64 * 1024
HEADER = 4096
FILE_SECONDS = 30  # of one file, on the clock; the child may use fewer seconds of the processor


class Clock:
    """The time that is left for all files of one request."""

    def __init__(self, seconds: float):
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        return min(FILE_SECONDS, self._until - time.monotonic())


class NotCleaned(Exception):
    """The pieces of a cleaned copy broke off: the child was ended, or fell."""


@dataclass
class Cleaned:
    """`pieces` is empty where there is a reason, and else may still break off with NotCleaned."""

    kind: str
    reason: Reason | None = None
    notes: dict[str, int] = field(default_factory=dict)
    pieces: Iterable[bytes] = ()


def clean(chunks: Iterable[bytes], clock: Clock) -> "_Child":
    return _Child(chunks, clock)


def read(chunks: Iterable[bytes], clock: Clock) -> "_Child":
    """The pieces are JSON: of each page of a PDF its words, and how many of their letters no eye sees."""
    return _Child(chunks, clock, "read")


def flatten(chunks: Iterable[bytes], clock: Clock) -> "_Child":
    """The pieces are a PDF whose pages are pictures, so that nothing lies under what is seen."""
    return _Child(chunks, clock, "flatten")


class _Child:
    """`with clean(chunks, clock) as cleaned:`; leaving the block ends the process, whatever it is doing."""

    def __init__(self, chunks, clock, *task):
        self._chunks, self._clock, self._task = chunks, clock, task
        self._process = None
        self._late = False

    def __enter__(self) -> Cleaned:
        left = self._clock.left()
        if left <= 0:
            return Cleaned("unknown", Reason.TIME)
        self._process = subprocess.Popen(  # noqa: S603, our own program, and nothing of the request in its arguments
            [sys.executable, "-I", str(CHILD), *self._task],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        )
        self._timer = threading.Timer(left, self._end_late)
        self._feeder = threading.Thread(target=self._feed, daemon=True)
        self._timer.start()
        self._feeder.start()
        return self._read()

    def __exit__(self, *exc):
        if self._process is None:
            return
        self._timer.cancel()
        self._process.kill()
        self._feeder.join()
        self._process.stdout.close()
        self._process.wait()

    def _end_late(self):
        self._late = True
        self._process.kill()

    def _feed(self):
        # The child may have seen enough, or have been ended.
        with suppress(BrokenPipeError), self._process.stdin as pipe:
            for chunk in self._chunks:
                pipe.write(chunk)

    def _read(self) -> Cleaned:
        try:
            said = json.loads(self._process.stdout.readline(HEADER))
        except ValueError:
            return Cleaned("unknown", self._why())
        if "reason" in said:
            return Cleaned(said["kind"], Reason(said["reason"]))
        return Cleaned(said["kind"], None, said["notes"], self._pieces())

    def _pieces(self):
        while piece := self._process.stdout.read(PIECE):
            yield piece
        if self._process.wait() != 0:
            raise NotCleaned(self._why())

    def _why(self) -> Reason:
        return Reason.TIME if self._late else Reason.TOO_LARGE
