"""What is kept in one process stays in one process, and the list of it names what is there."""

import pytest
from django.conf import settings

from tests.together import ONE_AT_A_TIME, FilesTogether


@pytest.mark.parametrize("place", ONE_AT_A_TIME)
def test_places_of_what_runs_alone_are_there(place):
    assert (settings.BASE_DIR / place).exists()


@pytest.mark.parametrize("place", ONE_AT_A_TIME)
def test_what_runs_alone_is_dealt_out_as_one(place):
    assert FilesTogether._split_scope(None, f"{place}test_it.py::test_it[1]") == "one at a time"


def test_other_files_are_dealt_out_whole():
    assert (
        FilesTogether._split_scope(None, "tests/site/test_home.py::test_it[tests/e2e/]") == "tests/site/test_home.py"
    )
