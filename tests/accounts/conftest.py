import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """A request leaves its language behind in the thread; addresses made by a test start from English."""
    with translation.override("en"):
        yield
