"""A desk officer and a custodian with open vaults, and cases as the public form seals them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from communications.cases.enums import Came, Consent, Matter, Timing, Use
from communications.desk import entering
from iesogi.accounts.enums import Role
from iesogi.audit.models import Entry
from iesogi.vault import intake, members, receipts
from iesogi.vault.enums import Kind, Slug
from iesogi.vault.records import Part
from tests.vault.conftest import PASSPHRASE, fingerprint_of, keys, vault_of, with_vault  # noqa: F401

AT = datetime(2021, 6, 23, 8, 30, tzinfo=UTC)
CASES = reverse("admin:communications_case_changelist")
YES = {use.value: Consent.YES.value for use in Use}
WHOLE = {
    "matter": Matter.INDIVIDUAL,
    "timing": Timing.HAPPENED,
    "account": "They came at night to the café and took A away.",
    "perpetrators": "Two men in uniform.",
    "done_at_home": "A complaint.",
    "victims": "Zahra Canary",
    "sender": "Clinic Canary",
    "contact": "canary@example.org",
    "consent": YES,
}


@pytest.fixture
def desk(db, roles):
    """Amal, desk officer, member of “cases”; the channels are made with her and the custodian."""
    officer = with_vault("amal")
    with_vault("custodian", Role.MANDATE_HOLDER)
    members.set_up_channels()
    return officer


@pytest.fixture
def custodian(desk):
    return members.unlock(type(desk.user).objects.get(username="custodian"), PASSPHRASE)


@pytest.fixture
def decider(desk, custodian):
    """The mandate holder, who reads cases as well as names."""
    members.admit(Slug.CASES, vault_of(custodian), fingerprint=fingerprint_of(custodian), unlocked=desk)
    return custodian


@pytest.fixture
def second(desk):
    """Bela, admitted by Amal."""
    bela = with_vault("bela")
    members.admit(Slug.CASES, vault_of(bela), fingerprint=fingerprint_of(bela), unlocked=desk)
    return bela


@pytest.fixture
def new_case(desk):
    """`new_case(account="...")`: as it came by the form, with a number that the case remembers here alone."""

    def make(**given):
        number = receipts.new_number()
        case = entering.seal({**WHOLE, **given}, at=AT, came=Came.FORM, number=number)
        case.number = number
        return case

    return make


@pytest.fixture
def case(new_case):
    return new_case()


@pytest.fixture
def enter(client, settings):
    """`enter(unlocked)`: a client logged in as that person, with the vault open."""
    settings.VAULT_COOKIE_SECURE = False

    def login(who, *, is_open=True):
        client.force_login(who.user)
        if is_open:
            client.post(reverse("vault:unlock"), {"passphrase": PASSPHRASE})
        return client

    return login


def url(name, *args):
    return reverse(f"admin:communications_case_{name}", args=args)


def text_of(response):
    return response.content.decode()


def last_entry(verb):
    return Entry.objects.in_chain_order().filter(verb=verb).last()


def from_the_source(case, text, about="message"):
    thread = intake.open_by_number(case.number)
    intake.add(thread, content=[Part(Kind.MESSAGE_IN, {"about": about, "text": text})], at=timezone.now())
