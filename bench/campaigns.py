"""A campaign that 100,000 organisations have signed: its page, its totals, and how fast signatures are confirmed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench import web
from bench.admin_lists import page, queries
from bench.measures import Measure, seconds
from dissemination.campaigns import mails
from dissemination.campaigns.enums import CampaignKind, CampaignState, Level, SignatureState, Visibility
from dissemination.campaigns.models import Campaign, CampaignText, Signature
from dissemination.campaigns.totals import totals
from iesogi.reference.models import Country

FEW, MANY = 3, 100_000
CONFIRMATIONS, WARM_UP = 440, 40
A_SECOND = 50
WEB_WORKERS, CLIENTS = 2, 4
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def campaign() -> Campaign:
    made = Campaign.objects.create(
        code=f"bench-{uuid4().hex[:8]}",
        kind=CampaignKind.GLOBAL_CALL,
        title="Bench",
        state=CampaignState.OPEN,
        takes_signatures=True,
    )
    CampaignText.objects.create(campaign=made, language="en", title="Bench", statement="A statement.")
    return made


def sign(of: Campaign, count: int, *, first: int = 0, state: str = SignatureState.CONFIRMED) -> None:
    """Rows as `services.sign` leaves them, spread over all States and levels."""
    states, now = list(Country.objects.all()), timezone.now()

    def signature(number: int) -> Signature:
        row = Signature(
            campaign=of,
            organisation=f"Organization {number} of somewhere",
            level=Level.values[number % 3],
            country=states[number % len(states)],
            region="AFRICA",
            email=f"office@group{number}.example",
            address_key=f"{number:064}",
            domain=f"group{number}.example",
            visibility=Visibility.LISTED,
            state=state,
            confirmed_at=now if state == SignatureState.CONFIRMED else None,
        )
        row.place()
        return row

    Signature.objects.bulk_create((signature(first + number) for number in range(count)), batch_size=2_000)


def confirm_all(port: int, paths: list[str]) -> None:
    """One client after the other presses the button; the page it is sent to afterwards is not asked for."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths:
        connection.request("POST", path, "step=confirm", FORM)
        response = connection.getresponse()
        response.read()
        if response.status != 303:
            raise AssertionError(f"{path} was not confirmed: {response.status}")
    connection.close()


def measures() -> Iterator[Measure]:
    """Written for good and taken away afterwards: a confirmation costs what its commit costs."""
    of = campaign()
    try:
        yield from page_measures(of)
        yield confirmation_measure(of)
    finally:
        of.signatures.all().delete()
        of.delete()


def page_measures(of: Campaign) -> Iterator[Measure]:
    client, path = Client(SERVER_NAME="localhost"), reverse("campaigns:detail", args=[of.code])
    sign(of, FEW)
    before = queries(client, path)
    sign(of, MANY - FEW, first=FEW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    more = queries(client, path) - before
    yield Measure(f"campaign page: queries more with {MANY:,} signatures than with {FEW}", more, 0, "queries")
    yield Measure(f"campaign page with {MANY:,} signatures", seconds(partial(page, client, path)), 3, "seconds")
    found = []
    took = seconds(lambda: found.append(totals(of)))
    if found[0].total != MANY or sum(line.total for line in found[0].lines) != MANY:
        raise AssertionError("The totals of the campaign do not add up.")
    yield Measure(f"totals of {MANY:,} signatures", took, 2, "seconds")


def confirmation_measure(of: Campaign) -> Measure:
    """Against as many web processes as the Procfile starts; the clients run on the same machine."""
    sign(of, CONFIRMATIONS, first=MANY, state=SignatureState.PENDING)
    waiting = of.signatures.filter(state=SignatureState.PENDING)
    paths = [reverse("campaigns:confirm", args=[mails.token_of(each)]) for each in waiting]
    with TemporaryDirectory() as folder, web.running(Path(folder), workers=WEB_WORKERS) as site:
        confirm_all(site.port, paths[:WARM_UP])
        rest = paths[WARM_UP:]
        shares = [rest[number::CLIENTS] for number in range(CLIENTS)]
        with ThreadPoolExecutor(CLIENTS) as clients:
            took = seconds(lambda: list(clients.map(partial(confirm_all, site.port), shares)))
    if of.signatures.counted().count() != MANY + CONFIRMATIONS:
        raise AssertionError("Not every confirmed signature counts.")
    unit = f"seconds, {len(rest) / took:.0f} a second on {connection.vendor}, {WEB_WORKERS} web processes"
    name = f"confirming {A_SECOND} of {MANY:,} signatures through the page"
    return Measure(name, took * A_SECOND / len(rest), 1, unit)
