"""A report that came by the form, its number, and people who can open it."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest

from communications.cases.enums import Matter
from communications.cases.models import Case
from iesogi.vault import members, receipts, records
from iesogi.vault.enums import Kind
from iesogi.vault.intake import submit_sealed
from iesogi.vault.models import SealedRecord
from iesogi.vault.records import Part
from tests.vault.conftest import AT, amal, channels, custodian, keys  # noqa: F401

MONDAY = AT.date()
YES = dict.fromkeys(["letter", "to_government", "in_public_report", "in_press"], "yes")
REPORT = {"version": 1, "matter": "individual", "victims": [{"code": "A", "consent": YES}], "gaps": []}


@dataclass
class Sent:
    """What the source holds, and what the rows are."""

    number: str = field(repr=False)
    case: Case
    content: UUID
    identity: UUID

    def fresh(self):
        return Case.objects.get(pk=self.case.pk)


def report(*, story="They came at night.", ref="IE-21-7F3K", **columns):
    number = receipts.new_number()
    made = submit_sealed(
        number=number,
        content=[Part(Kind.REPORT, REPORT | {"facts": {"account": story}})],
        identity=[Part(Kind.PEOPLE, {"code": "A", "name": "A. N."})],
        at=AT,
    )
    case = Case.objects.create(
        ref=ref,
        week=MONDAY,
        matter=Matter.INDIVIDUAL,
        content_id=made.content,
        identity_id=made.identity,
        has_news=False,
        **columns,
    )
    return Sent(number, case, made.content, made.identity)


@pytest.fixture
def sent(channels):  # noqa: F811
    agreed = ("agrees_to_letter", "may_be_named_to_state", "may_be_named_publicly", "may_be_named_in_press")
    return report(**dict.fromkeys(agreed, True))


@pytest.fixture
def reply(sent, amal):  # noqa: F811
    """`reply("text")` writes an answer as staff do, and gives back its record."""

    def write(text):
        opened = members.open_compartment(amal, sent.content)
        part = Part(Kind.MESSAGE_OUT, {"text": text, "by": "amal"})
        records.write(opened.place, [part], mark_key=opened.mark_key, thread=opened.thread, at=AT)
        return SealedRecord.objects.get(pk=part.uuid)

    return write


@pytest.fixture
def read(sent, amal):  # noqa: F811
    """`read(Kind.MESSAGE_IN)` is what staff read of a kind, oldest first."""

    def contents(*kinds):
        opened = members.open_compartment(amal, sent.content)
        rows = SealedRecord.objects.filter(compartment=sent.content, kind__in=kinds)
        return sorted((records.read(row, opened) for row in rows), key=lambda each: each.at)

    return contents


@pytest.fixture
def inside(client, sent):
    """A client that came back by the number."""
    response = client.post("/return/", {"number": sent.number})
    assert response.status_code == 303
    return client


@pytest.fixture(autouse=True)
def fresh_buckets(monkeypatch, settings):
    """Each test starts with a full bucket; how many tries there are is a setting."""
    from communications.thread.views import pages
    from iesogi.vault.guard import Buckets

    monkeypatch.setattr(pages, "tries", Buckets(burst=settings.RETURN_BURST, per_minute=settings.RETURN_PER_MINUTE))
