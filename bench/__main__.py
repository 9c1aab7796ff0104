"""`make bench`: runs every measure, prints a line for each and writes bench/results.json. Arguments name measures."""

import json
import os
import sys
import time
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results.json"


def main(names):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iesogi.settings")
    import django

    django.setup()
    from bench import admin_lists, tick, work_programme_pdf

    every = {"pdf": work_programme_pdf.measures, "tick": tick.measures, "admin": admin_lists.measures}
    if unknown := set(names) - set(every):
        sys.exit(f"There is no measure called {', '.join(unknown)}; there are {', '.join(every)}.")
    started, found = time.monotonic(), []
    print(f"{'name':<72} {'figure':>9} {'limit':>9}  verdict")
    for name in names or every:
        for measure in every[name]():
            print(measure, flush=True)
            found.append(measure)
    RESULTS.write_text(json.dumps([measure.as_json() for measure in found], indent=2) + "\n", "utf-8")
    over = [measure.name for measure in found if not measure.ok]
    print(f"{len(found) - len(over)} of {len(found)} within their limit, {time.monotonic() - started:.0f} seconds")
    return bool(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
