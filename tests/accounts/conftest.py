import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """A request leaves its language behind in the thread; addresses made by a test start from English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def no_limits_left_over():
    cache.clear()
