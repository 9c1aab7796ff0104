"""Ask ClamAV, where one is configured. A finding is a mark on the file: a report is never refused for it."""

import logging
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from iesogi.vault.enums import Scan

logger = logging.getLogger(__name__)
PATIENCE = 30  # seconds for each word of the scanner
ANSWER = 4096


def scan(chunks: Iterable[bytes]) -> Scan:
    """A scanner that is away is told in the log and in the file's own record."""
    if not settings.CLAMAV_URL:
        return Scan.UNSCANNED
    try:
        answer = _ask(chunks)
    except OSError as error:
        logger.warning("The malware scanner did not answer, so files are kept unscanned: %s", error)
        return Scan.UNSCANNED
    return _judged(answer)


def _connected() -> socket.socket:
    address = urlsplit(settings.CLAMAV_URL)
    if address.scheme != "unix":
        return socket.create_connection((address.hostname, address.port or 3310), PATIENCE)
    found = socket.socket(socket.AF_UNIX)
    found.settimeout(PATIENCE)
    try:
        found.connect(address.path)
    except OSError:
        found.close()
        raise
    return found


def _ask(chunks: Iterable[bytes]) -> bytes:
    """INSTREAM: each piece after its length, then a length of zero (clamd's manual page)."""
    with _connected() as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for chunk in chunks:
            if chunk:
                scanner.sendall(len(chunk).to_bytes(4, "big") + chunk)
        scanner.sendall(bytes(4))
        return scanner.recv(ANSWER)


def _judged(answer: bytes) -> Scan:
    words = answer.rstrip(b"\0\n ")
    if words.endswith(b" FOUND"):
        return Scan.INFECTED
    if words.endswith(b" OK"):
        return Scan.CLEAN
    logger.warning("The malware scanner answered something else than a finding, so a file is kept unscanned.")
    return Scan.UNSCANNED
