"""How tests are dealt out to processes (pytest -n): by file, and those that need servers one after the other, first.

A file in one piece sets up what its tests share once. The tests that start servers or drive a browser wait more than
they compute, and count seconds: begun first and in one process, they do not starve each other, and none is left for
the end, when other processes have nothing more to do.

Groups come from paths, not from the mark `xdist_group`: xdist 3.8 passes that mark on in the name of a test, which
pytest 9.2 no longer lets it change, so that groups fall apart without a word (pytest-xdist issue 1386).
"""

from collections import Counter

import pytest
from xdist.scheduler import LoadScopeScheduling

ONE_AT_A_TIME = ("tests/e2e/", "tests/workers/", "tests/test_commands.py", "tests/vault/test_uploads_live.py")


def is_alone(nodeid):
    return nodeid.startswith(ONE_AT_A_TIME)


class FilesTogether(LoadScopeScheduling):
    def _split_scope(self, nodeid):
        return "one at a time" if is_alone(nodeid) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False  # the tests come in order already
    return FilesTogether(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    strays = [item.nodeid for item in items if item.get_closest_marker("services") and not is_alone(item.nodeid)]
    if strays:
        raise pytest.UsageError(f"Marked as `services`, but not in ONE_AT_A_TIME of tests/together.py: {strays}")
    if hasattr(config, "workerinput"):
        tests = Counter(item.path for item in items)
        # Then the long files, so that at the end every process has something short to do.
        items.sort(key=lambda item: (1, -tests[item.path]) if not is_alone(item.nodeid) else (0, 0))
