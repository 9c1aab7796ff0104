"""Which demands of docs/acceptance.md the tests show (`make demands`).

A test marked `@pytest.mark.demand("WP-16a")` shows that demand when it passes. A marker with an id that the table does
not know is an error in every run, so that a demand is never counted under a name that nobody demanded.
"""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ACCEPTANCE = Path(__file__).resolve().parent.parent / "docs" / "acceptance.md"
CONTRADICTION = re.compile(r"^trap-\d+$")


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows(text):
    """(id, app) of every demand: the tables whose first column is Id. One row may hold several ids."""
    head = None
    for line in text.splitlines():
        if not line.startswith("|"):
            head = None
            continue
        row = cells(line)
        if head is None:
            head = row
        elif head[0] == "Id" and set(row[0]) - set("-: "):
            app = dict(zip(head, row, strict=False)).get("App", "programme")
            for name in row[0].split(","):
                yield name.strip().strip("`"), app.split(",")[0].strip() or "programme"


def contradictions(text):
    """Section 6 numbers its rows; a test may show that one is kept as printed. They are not among the counted ids."""
    return {f"trap-{number}" for number in re.findall(r"^\|\s*(\d+)\s*\|", text, re.MULTILINE)}


def known():
    """{id: app}, in the order of the table; empty where the table has not been written yet."""
    return dict(rows(ACCEPTANCE.read_text("utf-8"))) if ACCEPTANCE.exists() else {}


def pytest_addoption(parser):
    parser.addoption("--demands", action="store_true", help="run the tests that show demands, and count the demands")


def ids_of(item):
    return [name for marker in item.iter_markers("demand") for name in marker.args]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        item.user_properties += [("demand", name) for name in ids_of(item)]
    if config.getoption("--demands"):
        config.hook.pytest_deselected(items=[item for item in items if not ids_of(item)])
        items[:] = [item for item in items if ids_of(item)]


@cache
def allowed():
    table = known()
    return set(table) | contradictions(ACCEPTANCE.read_text("utf-8")) if table else None


def pytest_runtest_setup(item):
    unknown = set(ids_of(item)) - allowed() if allowed() else set()
    if unknown:
        pytest.fail(f"docs/acceptance.md knows no demand {', '.join(sorted(unknown))}", pytrace=False)


def judged(terminalreporter):
    """{id: outcomes of the tests that carry it}; a test that was skipped shows nothing."""
    outcomes = defaultdict(set)
    for reports in terminalreporter.stats.values():
        for report in reports:
            properties = getattr(report, "user_properties", [])
            counts = report.when == "call" or report.outcome != "passed" if properties else False
            for name, value in properties:
                if name == "demand" and counts:
                    outcomes[value].add(report.outcome)
    return outcomes


def pytest_terminal_summary(terminalreporter, config):
    if not config.getoption("--demands"):
        return
    table, outcomes = known(), judged(terminalreporter)
    shown = [name for name in table if outcomes.get(name) == {"passed"}]
    missing = defaultdict(list)
    for name, app in table.items():
        if name not in shown:
            missing[app].append(name)
    write = terminalreporter.write_line
    write("")
    write(f"{len(shown)} of {len(table)} shown")
    for app in sorted(missing):
        write(f"  {app}: {' '.join(missing[app])}")
    kept = sorted((name for name in outcomes if CONTRADICTION.match(name)), key=lambda name: int(name[5:]))
    if kept:
        write(f"Contradictions kept as printed and shown so: {' '.join(kept)}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """No test shows a demand yet: that is a count of nought, not a failure."""
    if session.config.getoption("--demands") and exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK
