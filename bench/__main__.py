"""`make bench`: runs every measure, prints a line for each and writes results-<database>.json. Arguments name some."""

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


# What it is called on the command line, and the module that has it.
MODULES = {
    "pdf": "work_programme_pdf",
    "booklet": "booklet",
    "tick": "tick",
    "admin": "admin_lists",
    "files": "vault_files",
    "intake": "intake",
    "campaigns": "campaigns",
    "tracker": "tracker",
    "cases": "cases",
    "calls": "calls",
    "letters": "communications",
}


def refuse_unknown(names):
    """Asked before any set-up, which takes minutes."""
    if unknown := [name for name in names if name not in MODULES]:
        sys.exit(f"There is no measure called {', '.join(unknown)}; there are {', '.join(MODULES)}.")


def main(names):
    refuse_unknown(names)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iesogi.settings")
    import django

    django.setup()
    from django.db import connection

    every = {name: import_module(f"bench.{module}").measures for name, module in MODULES.items()}
    started, found = time.monotonic(), []
    print(f"{'name':<72} {'figure':>9} {'limit':>9}  verdict")
    for name in names or every:
        for measure in every[name]():
            print(measure, flush=True)
            found.append(measure)
    results = FOLDER / f"results-{connection.vendor}.json"
    results.write_text(json.dumps([measure.as_json() for measure in found], indent=2) + "\n", "utf-8")
    over = [measure.name for measure in found if not measure.ok]
    print(f"{len(found) - len(over)} of {len(found)} within their limit, {time.monotonic() - started:.0f} seconds")
    return bool(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
