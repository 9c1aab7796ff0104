"""Somebody who saves, writes the number down, and comes back on another device."""

from datetime import timedelta

import lxml.html
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from iesogi.vault import intake
from reports.contributions import unfinished
from tests.reports.calls.conftest import Sender

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
HALF = {"q1": "Three laws", "q2": "2", "category": "cso", "email": "not an address", "publication": "public"}


def document(words="A law of 2020.", name="law.txt"):
    return SimpleUploadedFile(name, words.encode())


def save(sender, **typed):
    sender.send(save="1", **typed)
    return sender.number


def on_another_device(clock, number, *, at=None, language=""):
    """The page that the number opens, in a browser that knows nothing of the first one."""
    if at:
        clock.move_to(at, tick=False)
    back = ComeBack(Client(), clock, f"{language}/calls/return/")
    back.take(back.client.post(back.path, {"number": number}))
    return back


class ComeBack(Sender):
    """The door sets a cookie against forged forms; no other page does."""

    def take(self, response):
        response.cookies.clear()
        self._came(response)

    def press(self, address, **fields):
        """A button of a page whose token holds the number."""
        token = self.page.xpath("//input[@name='token']/@value")[0]
        self.response = self.client.post(f"/calls/return/unfinished/{address}", {"token": token, **fields})
        if self.response["Content-Type"].startswith("text/html"):
            self.page = lxml.html.fromstring(self.response.content.decode())
        return self

    @property
    def differs(self):
        """(question, what was saved meanwhile) on a page that came too late."""
        texts = [" ".join(each.text_content().split()) for each in self.page.xpath("//dl/dt | //dl/dd")]
        return list(zip(texts[::2], texts[1::2], strict=True))

    @property
    def may_delete(self):
        return bool(self.page.xpath("//form[@action='/calls/return/unfinished/delete/']"))

    @property
    def files(self):
        return [
            " ".join(each.text_content().split()) for each in self.page.xpath("//label[contains(@for, 'take_out')]")
        ]


def kept_under(number):
    return unfinished.vault.find(intake.derive(number))
