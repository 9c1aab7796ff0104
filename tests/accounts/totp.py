"""What an authenticator app does with the secret it was shown (RFC 6238), written without the library under test."""

import base64
import hmac
import struct
import time


def code(secret: str, *, at: float | None = None, steps_on: int = 0) -> str:
    counter = int((at if at is not None else time.time()) // 30) + steps_on
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), "sha1")
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
