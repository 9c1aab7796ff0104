"""Somebody who fills in the form as a browser without scripts does: what a page holds goes back with it."""

from datetime import timedelta

import lxml.html
import pytest

from communications.cases.models import Case
from iesogi.vault import members, records
from iesogi.vault.models import SealedRecord
from tests.vault.conftest import AT, amal, channels, custodian, keys  # noqa: F401, fixtures of the vault

ACCOUNT = (
    "On 14 May four officers stopped A in the street near the market, asked for papers, and beat A when they read. "
)
ACCOUNT += "They said that people like A have no place here. B saw it from the other side."


class Sender:
    def __init__(self, client, clock, path="/submit/"):
        self.client, self.clock, self.path = client, clock, path
        self.response = None

    def open(self):
        self._came(self.client.get(self.path))
        return self

    def begin(self):
        self.open()
        return self.press("start")

    def press(self, go, *, files=None, **typed):
        """Wait a minute, type, and press a button. A value of None empties the field."""
        self.clock.shift(timedelta(minutes=1))
        fields = self.fields() | typed
        data = {name: value for name, value in fields.items() if value is not None} | {"go": go} | (files or {})
        self._came(self.client.post(self.path, data))
        return self

    def to(self, step, **typed):
        """By way of the last page, as everybody can go anywhere."""
        if self.step == "guidance":
            self.press("start")
        if self.step != "review":
            self.press("review")
        return self.press(f"to:{step}", **typed)

    def fill(self, step, **typed):
        self.to(step)
        return self.press("review", **typed)

    def send(self, **kwargs):
        if self.step != "review":
            self.press("review")
        return self.press("send", **kwargs)

    def _came(self, response):
        assert not response.cookies
        self.response = response
        self.page = lxml.html.fromstring(response.content.decode())

    def fields(self):
        """What a browser would send back, but for buttons."""
        form = self.page.xpath("//form")[-1]
        found = {}
        for name, value in form.form_values():
            found.setdefault(name, []).append(value)
        return {name: values if len(values) > 1 else values[0] for name, values in found.items()}

    @property
    def step(self):
        found = self.page.xpath("//input[@name='step']/@value")
        return found[0] if found else ""

    @property
    def text(self):
        return " ".join(self.page.text_content().split())

    @property
    def title(self):
        return " ".join(self.page.xpath("//h1")[0].text_content().split())

    @property
    def problems(self):
        return " ".join(" ".join(each.text_content().split()) for each in self.page.xpath("//*[@role='alert']"))

    @property
    def number(self):
        return "".join(self.page.xpath("//*[contains(@class, 'intake-number')]//span/text()"))


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(AT, tick=False)
    return time_machine


@pytest.fixture
def sender(client, clock, channels):  # noqa: F811
    return Sender(client, clock).open()


@pytest.fixture
def story(sender):
    """Ready to be sent, with nothing but what happened."""
    return sender.fill("facts", account=ACCOUNT)


def opened(unlocked, place):
    """What a member of the channel reads in a compartment, by kind."""
    found = {}
    compartment = members.open_compartment(unlocked, place)
    for row in SealedRecord.objects.filter(compartment=place):
        found.setdefault(row.kind, []).append(records.read(row, compartment).content)
    return found


def case():
    return Case.objects.get()
