"""Reads a file from standard input; writes a line of JSON, then the cleaned copy, to standard output.

Its one argument may ask for something else: `read` for the words of a PDF, `flatten` for its pages as pictures. It has
no network, writes no file, and may use little time and memory: what it takes apart comes from strangers.
"""

import json
import resource
import sys
from collections import Counter

from kinds import Uncleanable, kind_of

MEMORY, SECONDS = 512 * 1024**2, 20
HEAD = 64 * 1024
LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CPU: SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NPROC: 0,
    resource.RLIMIT_NOFILE: 32,
}


def limit():
    for name, most in LIMITS.items():
        resource.setrlimit(name, (most, most))


def answer(out, **header):
    out.write(json.dumps(header).encode() + b"\n")
    out.flush()


def clean(kind, data, notes):
    """Libraries are loaded only for the kind that needs them."""
    if kind in {"jpeg", "png", "webp"}:
        import pictures

        return kind, pictures.cleaned(data, notes)
    if kind == "pdf":
        import pdfs

        return kind, pdfs.cleaned(data, notes)
    if kind == "zip":
        import offices

        return offices.cleaned(data, notes)
    return kind, data


def look(task, kind, data):
    if kind != "pdf":
        raise Uncleanable("unknown")
    import seen

    return kind, seen.read(data) if task == "read" else seen.flattened(data)


def respond(source, out, task="clean"):
    head = source.read(HEAD)
    # A piece of 64 KiB may end within a letter.
    kind = kind_of(head if len(head) < HEAD else head[:-4])
    if kind in {"media", "heic", "old-office", "unknown"}:
        return answer(out, kind=kind, reason=kind)
    data = head + source.read()
    notes = Counter()
    try:
        if task == "clean":
            kind, found = clean(kind_of(data) if kind == "text" else kind, data, notes)
        else:
            kind, found = look(task, kind, data)
    except Uncleanable as error:
        return answer(out, kind=kind, reason=error.reason)
    except MemoryError:
        return answer(out, kind=kind, reason="too-large")
    except Exception:  # whatever a library says of a file that is not what it should be
        return answer(out, kind=kind, reason="damaged")
    answer(out, kind=kind, notes=notes)
    out.write(found)
    out.flush()
    return None


if __name__ == "__main__":
    import walls

    walls.build()
    limit()
    respond(sys.stdin.buffer, sys.stdout.buffer, *sys.argv[1:])
