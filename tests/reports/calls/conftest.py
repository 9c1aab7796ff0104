"""A call that is open, and somebody who answers it as a browser without scripts does."""

from datetime import timedelta

import lxml.html
import pytest

from iesogi.reference.models import Country
from iesogi.vault import guard, members, records, sending
from iesogi.vault.models import SealedRecord
from reports.calls import services
from reports.calls.enums import CallState
from reports.calls.models import Call, CallText, Question
from reports.contributions import form_page, thread_views
from reports.contributions.models import Contribution
from tests.vault.conftest import AT, amal, channels, custodian, keys  # noqa: F401, fixtures of the vault

CLOSES = AT + timedelta(days=7)
ANSWER = "Three laws were changed since 2020, and one was not."


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(AT, tick=False)
    return time_machine


@pytest.fixture(autouse=True)
def fresh_buckets(monkeypatch):
    for owner in (form_page, thread_views.pages):
        monkeypatch.setattr(owner, "tries", guard.Buckets(burst=90, per_minute=90))
    monkeypatch.setattr(sending, "confirmations", guard.Buckets(burst=90, per_minute=90))


@pytest.fixture
def kenya(db):
    names = {f"name_{language}": "Kenya" for language in ("en", "fr", "es", "ar", "ru", "zh")}
    return Country.objects.create(iso3="KEN", iso2="KE", regional_group="AFRICA", **names)


@pytest.fixture
def draft_call(db):
    call = Call.objects.create(code="laws-2021", closes_at=CLOSES, word_limit=40)
    CallText.objects.create(call=call, language="en", title="Laws and their change", purpose="For the Council.")
    CallText.objects.create(call=call, language="fr", title="Les lois et leur évolution")
    return call


@pytest.fixture
def call(draft_call, officer):
    """Three questions: a long text of at most ten words, a choice, a file."""
    texts = {"text_en": "What has changed?", "text_fr": "Qu’est-ce qui a changé ?"}
    Question.objects.create(call=draft_call, order=1, kind="long", word_limit=10, **texts)
    Question.objects.create(call=draft_call, order=2, kind="choice", text_en="Is it enough?", choices_en="Yes\nNo")
    Question.objects.create(call=draft_call, order=3, kind="file", text_en="Documents")
    return services.move(draft_call, CallState.PUBLISHED, by=officer)


class Sender:
    def __init__(self, client, clock, path):
        self.client, self.clock, self.path = client, clock, path

    def open(self):
        self._came(self.client.get(self.path))
        return self

    def send(self, *, after=timedelta(minutes=1), **typed):
        """Wait, type over what the form holds, and press its button."""
        self.clock.shift(after)
        form = self.page.xpath("//form[@class='intake']")[0]
        self._came(self.client.post(form.get("action"), self.typed | typed))
        return self

    @property
    def typed(self):
        """What the form holds; a browser drops the line break that begins a text area, and lxml does not."""
        form = self.page.xpath("//form[@class='intake']")
        return {name: value.removeprefix("\n") for name, value in form[0].form_values() if value} if form else None

    def _came(self, response):
        assert not response.cookies
        self.response = response
        self.page = lxml.html.fromstring(response.content.decode())

    @property
    def text(self):
        return " ".join(self.page.text_content().split())

    @property
    def problems(self):
        return " ".join(" ".join(each.text_content().split()) for each in self.page.xpath("//*[@role='alert']"))

    @property
    def number(self):
        return "".join(self.page.xpath("//*[contains(@class, 'intake-number')]//span/text()"))


@pytest.fixture
def sender(client, clock, channels, call):  # noqa: F811
    return Sender(client, clock, f"/calls/{call.code}/contribute/").open()


PUBLIC = {"category": "cso", "publication": "public", "name": "Equality Network", "email": "net@example.org"}


@pytest.fixture
def public(sender):
    """A public contribution as it stands in the database."""
    sender.send(q1=ANSWER, **PUBLIC)
    return Contribution.objects.get()


@pytest.fixture
def confidential(sender):
    sender.send(q1=ANSWER, category="individual", name="Zed Canary", email="zed@example.org")
    return Contribution.objects.get()


def opened(unlocked, contribution):
    """What a member of the channel reads, by kind."""
    compartment = members.open_compartment(unlocked, contribution.content_id)
    found = {}
    for row in SealedRecord.objects.filter(compartment=contribution.content_id):
        found.setdefault(row.kind, []).append(records.read(row, compartment).content)
    return found
