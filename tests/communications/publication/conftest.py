"""A letter of 1 March 2021, reported in September, and the words and days around its publication."""

from datetime import date

import pytest
import time_machine

from communications import services as letters_services
from communications.models import Letter
from communications.publication import services
from iesogi.deadlines.days import morning_of

WORDS = {"title": "Alleged threats against a group", "text": "It is alleged that…", "naming": "nobody"}


@pytest.fixture
def at():
    """`at(2021, 8, 2)`: from now on it is the morning of that day."""
    with time_machine.travel(morning_of(date(2021, 4, 20)), tick=False) as clock:
        yield lambda *day: clock.move_to(morning_of(date(*day)))


@pytest.fixture
def sent(kazakhstan, at):
    """Sent on 1 March 2021, so reported in September; replies are taken in until 31 July."""
    letter = Letter(kind="AL", country=kazakhstan, reference_code="KAZ", number=2, year=2021)
    return letters_services.register(letter, sent_on=date(2021, 3, 1), by=None)


@pytest.fixture
def redacted(sent, officer, at):
    """Proposed by the portal and written by the officer; it is 2 August, so a second person may confirm it."""
    at(2021, 8, 2)
    return services.redact(services.propose(sent, by=None), by=officer, **WORDS)
