"""A closing time in words."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from reports.calls.zones import in_words

CLOSES = datetime(2021, 6, 28, 8, 30, tzinfo=UTC)


def test_closing_time_says_its_zone():
    assert in_words(CLOSES, "Europe/Zurich") == "28 June 2021, 10:30 (Zurich time, UTC+2)"


@pytest.mark.parametrize(("language", "spaces"), [("ar", 0), ("en", 2), ("fr", 2)])
def test_brackets_are_not_torn_apart_where_text_runs_from_the_right(language, spaces):
    with translation.override(language):
        within = in_words(CLOSES, "Europe/Zurich").partition("(")[2]
    assert (within.endswith(")"), min(within.count(" "), 2)) == (True, spaces)
