"""The desk on 2,000 cases: its list in as many queries as with three, and full-text search against decryption."""

import random
from collections.abc import Iterator
from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from bench import rows
from bench.admin_lists import administrator, few, page, taken_back, top_up
from bench.measures import Measure, median_ratio
from communications.cases import services
from communications.cases.enums import Came, Matter
from communications.cases.models import Case
from communications.desk import search
from iesogi.accounts.enums import PaidBy, Role
from iesogi.accounts.models import User
from iesogi.vault import members, records, sealing
from iesogi.vault.enums import Kind, Slug
from iesogi.vault.intake import submit_sealed
from iesogi.vault.models import CompartmentGrant, SealedRecord
from iesogi.vault.records import Part
from iesogi.vault.sessions import Unlocked

MANY, LENGTH = 2_000, 16_000
ROUNDS = 3
WORDS = "the officers came to the house at night and asked for papers which nobody could show them café"


def text(number: int) -> str:
    """16 KB of words in an order of its own, accents among them, as reports have."""
    chosen = random.Random(number)  # noqa: S311, the same texts at every run
    return " ".join(chosen.choices(WORDS.split(), k=LENGTH // 5))[:LENGTH]


def seal_cases() -> None:
    at = timezone.now()
    for number in range(MANY):
        report = Part(Kind.REPORT, {"facts": {"account": text(number)}})
        keep = partial(services.receive, clear=services.Clear(Matter.INDIVIDUAL), at=at, came=Came.STAFF)
        submit_sealed(number=None, content=[report], at=at, then=keep)


def officer() -> Unlocked:
    """A member of “cases”, whose vault needs no passphrase here."""
    passphrase = "seven herons cross the quiet lake"  # noqa: S105, of a database that goes away
    user = User.objects.create_user("bench.officer", "bench.officer@example.org", paid_by=PaidBy.OHCHR)
    user.groups.add(*user.groups.model.objects.filter(name=Role.DESK_OFFICER.value))
    vault = members.create_vault(user, passphrase)
    demo = User.objects.get(username="desk.officer")
    inside = members.unlock(demo, passphrase)
    members.admit(Slug.CASES, vault, fingerprint=sealing.fingerprint(vault.public), unlocked=inside)
    return members.unlock(user, passphrase)


def bare(work: list[tuple[bytes, str, CompartmentGrant, str, SealedRecord]]) -> int:
    """Only what the crypto library has to do: both keys of each case, and its text. Rows are in memory already."""
    total = 0
    for channel_key, where, grant, place, row in work:
        opened = sealing.open_grant(channel_key, where, grant.sealed)
        key = sealing.open_grant(opened[: sealing.KEY], place, row.sealed_key)
        total += len(sealing.unseal(key, row.body, aad=place))
    return total


def in_memory(unlocked: Unlocked) -> list:
    grants = {grant.compartment_id: grant for grant in CompartmentGrant.objects.select_related("epoch__channel")}
    found = SealedRecord.objects.filter(kind=Kind.REPORT, compartment__in=Case.objects.open().values("content"))
    keys = {}
    for row in found:
        epoch = grants[row.compartment_id].epoch
        keys.setdefault(epoch.pk, members.channel_key(unlocked, epoch))
        yield (
            keys[epoch.pk],
            records.grant_context(row.compartment_id, epoch),
            grants[row.compartment_id],
            records.record_context(row.compartment_id, row.kind, row.uuid),
            row,
        )


def measures() -> Iterator[Measure]:
    yield _list()
    with taken_back():
        seal_cases()
        unlocked = officer()
        work = list(in_memory(unlocked))
        ratio = median_ratio(partial(search.search, "wombat", unlocked=unlocked), partial(bare, work), rounds=ROUNDS)
    yield Measure(f"full-text scan of {MANY:,} cases of 16 KB, against bare decryption", ratio, 5)


def _list() -> Measure:
    """Without the accounts' own list of stock beside it, which `admin` measures for every list."""
    url = reverse("admin:communications_case_changelist")
    with override_settings(ALLOWED_HOSTS=["*"]):
        client = administrator()
        rows.forget()
        before = few(Case, client, url)
        with taken_back():
            top_up(Case, MANY)
            page(client, url)
            with CaptureQueriesContext(connection) as captured:
                page(client, url)
    return Measure(f"list of {MANY:,} cases: queries more than with 3", len(captured) - before, 0, "queries")
