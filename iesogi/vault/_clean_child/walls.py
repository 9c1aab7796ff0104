"""Walls around this process, where the kernel builds them (Linux 5.13 and newer): no file but the programs' own, no
process but this one, no network. Without them the limits of `__main__` still hold; docs/security.md says what is left.
"""

import ctypes
import os
import sys
from pathlib import Path

CREATE, ADD, RESTRICT = 444, 445, 446  # system calls of Landlock, the same on every architecture
PATH_BENEATH = 1
READ = 0b1100  # files and folders
EVERY_ACT_ON_FILES = 0x1FFF  # of the first version: run, write, read, list, remove, make
EVERY_ACT_ON_TCP, EVERY_SIGNAL = 0b11, 0b11
NO_NEW_PRIVILEGES = 38
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000


class _Rules(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def build():
    """Whether the wall around files stands."""
    library = ctypes.CDLL(None, use_errno=True)
    library.unshare(NEW_USER | NEW_NETWORK)  # refused on hosts that keep this from programs; then TCP alone is walled
    version = library.syscall(CREATE, None, 0, 1)
    if version < 1:
        return False
    rules = _Rules(EVERY_ACT_ON_FILES, EVERY_ACT_ON_TCP if version >= 4 else 0, EVERY_SIGNAL if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = library.syscall(CREATE, ctypes.byref(rules), size, 0)
    if ruleset < 0:
        return False
    for folder in {sys.prefix, sys.base_prefix, "/usr", "/lib", "/lib64", str(Path(__file__).parent)}:
        _let_read(library, ruleset, folder)
    library.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    done = library.syscall(RESTRICT, ruleset, 0)
    os.close(ruleset)
    return done == 0


def _let_read(library, ruleset, folder):
    try:
        place = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    rule = _Beneath(READ, place)
    library.syscall(ADD, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(place)
