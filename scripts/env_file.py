"""Writes .env from .env.example with secrets of its own. A file that is there already is never touched."""

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = "change-me"


def filled(example):
    """Every value that is still the placeholder becomes a random one."""
    lines = []
    for line in example.splitlines():
        name, sign, value = line.partition("=")
        lines.append(f"{name}={secrets.token_urlsafe(50)}" if sign and value == PLACEHOLDER else line)
    return "\n".join(lines) + "\n"


def main():
    text = filled((ROOT / ".env.example").read_text("utf-8"))
    handle = os.open(ROOT / ".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
