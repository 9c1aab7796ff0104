"""Files on their way in: how fast 10 MB are sealed, and what a web worker holds while 50 MB arrive."""

import os
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from bench import web
from bench.measures import ROUNDS, Measure, seconds
from iesogi.vault import sealing
from iesogi.vault.uploads import SealedUploadHandler

SIZE, LARGE = 10 * 1000**2, 50 * 1000**2
SETTLES = 1  # seconds until a worker that has answered is idle again


def sealed(data: bytes) -> None:
    """As a blob: from memory into a file without a name."""
    pieces = (data[start : start + sealing.CHUNK] for start in range(0, len(data), sealing.CHUNK))
    with tempfile.TemporaryFile() as file:
        file.writelines(sealing.seal_stream(sealing.new_key(), pieces, aad="bench"))


def arrived(data: bytes) -> None:
    """As an upload: through the handler of the site, after the parser has found the pieces."""
    handler, source = SealedUploadHandler(), BytesIO(data)
    handler.handle_raw_input(source, {}, len(data), b"")
    handler.new_file("files", "evidence.bin", "", None)
    while piece := source.read(handler.chunk_size):
        handler.receive_data_chunk(piece, 0)
    handler.file_complete(len(data)).close()


def speed(work) -> float:
    """MB a second, the best of some rounds: a slow moment of the machine is none of the code."""
    data = os.urandom(SIZE)
    work(data)
    return SIZE / 1000**2 / min(seconds(lambda: work(data)) for _round in range(2 * ROUNDS))


def memory_of_an_upload() -> float:
    """MB over idle at the worst moment of one upload of 50 MB, after a first small one has loaded what it needs."""
    with tempfile.TemporaryDirectory() as folder, web.running(Path(folder)) as server:
        server.upload(1000**2)
        time.sleep(SETTLES)
        idle = server.memory()
        server.forget_peak()
        answer = server.upload(LARGE)
        if b" 403 " not in answer:
            raise AssertionError(f"The page answered {answer!r}")
        return server.memory("VmHWM") - idle


def measures() -> Iterator[Measure]:
    # A limit is held from above, so speed is given as the time of what may take 100 ms.
    for name, work in {"10 MB sealed into a file": sealed, "10 MB sealed while they arrive": arrived}.items():
        found = speed(work)
        yield Measure(f"files: {name} ({found:.0f} MB/s), against 100 MB/s", 100 / found, 1)
    yield Measure("files: web worker over idle while 50 MB arrive", memory_of_an_upload(), 150, unit="MB")
