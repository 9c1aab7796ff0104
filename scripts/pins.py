"""Writes requirements.txt and requirements-dev.txt: every version that the direct needs in pyproject.toml pull in.

Run it with the interpreter of the environment whose versions are to be kept: `.venv/bin/python scripts/pins.py`.
"""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEED = re.compile(r"^\s*([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?[^;]*(?:;(.*))?$")
HEAD = "# Written by scripts/pins.py from pyproject.toml; change the need there, then run `make pins`.\n"


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def closure(needs):
    """Everything installed that these needs reach, as {normal name: pin}."""
    found, waiting = {}, [(need, "") for need in needs]
    seen = set()
    while waiting:
        need, extra = waiting.pop()
        name, extras, marker = NEED.match(need).groups()
        if marker and "extra" in marker and not re.search(rf"extra == ['\"]{re.escape(extra)}['\"]", marker):
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            if marker:  # needed on another platform or another Python only
                continue
            raise SystemExit(f"{name} is named in pyproject.toml but not installed here.") from None
        found[normal(name)] = f"{package.metadata['Name']}=={package.version}"
        for wanted in [""] + [part.strip() for part in (extras or "").split(",") if part.strip()]:
            if (normal(name), wanted) not in seen:
                seen.add((normal(name), wanted))
                waiting += [(requirement, wanted) for requirement in package.requires or []]
    return found


def main():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    served = closure(project["project"]["dependencies"])
    developed = closure(project["dependency-groups"]["dev"])
    only_dev = {name: pin for name, pin in developed.items() if name not in served}
    write("requirements.txt", served)
    write("requirements-dev.txt", only_dev, first="-r requirements.txt\n")


def write(name, pins, first=""):
    lines = "".join(f"{pins[key]}\n" for key in sorted(pins))
    (ROOT / name).write_text(HEAD + first + lines, "utf-8")
    print(f"{name}: {len(pins)} versions")


if __name__ == "__main__":
    main()
