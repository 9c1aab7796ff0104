"""The whole work programme in the database: two measures of letters, and none that is not public in public."""

from contextlib import suppress
from datetime import date

import pytest
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from communications.models import Letter
from communications.services import register
from iesogi.programme.snapshot import snapshot
from iesogi.reference.enums import Qualifier
from iesogi.reference.models import Country


def public_addresses():
    """Every page that asks for no login and no argument; the PDF is held by the data it is made from."""

    def walk(patterns, namespaces=()):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                if not getattr(pattern.callback, "login_required", True) and pattern.name:
                    yield ":".join([*namespaces, pattern.name])
            else:
                yield from walk(pattern.url_patterns, [*namespaces, *filter(None, [pattern.namespace])])

    for name in walk(get_resolver().url_patterns):
        with suppress(NoReverseMatch):
            if not reverse(name).endswith(".pdf"):
                yield reverse(name)


@pytest.mark.demand("WP-28-1", "trap-4")
def test_stock_and_flow_are_printed_and_counted_apart(programme):
    stock, flow = (programme.figures.get(code=code) for code in ("communications_active", "communications_sent"))
    assert (stock.quantity, stock.qualifier, stock.period_start, stock.period_end) == (70, Qualifier.ABOUT, None, None)
    assert (flow.quantity, flow.qualifier) == (60, Qualifier.EXACT)
    assert Letter.objects.active().count() == 2  # both letters of paragraph 47, one of them printed without its day
    assert Letter.objects.sent_in(flow.period_start, flow.period_end).count() == 1


def text_of(response):
    return (b"".join(response) if response.streaming else response.content).decode()


def test_public_pages_say_nothing_of_a_letter_that_is_not_published(client, programme):
    """A canary: Bhutan, which nothing else in the programme speaks of, under a number of its own."""
    before = {address: text_of(client.get(address)) for address in public_addresses()}
    printed = snapshot(programme, as_of=date(2023, 12, 31))
    assert "/" in before
    letter = Letter(
        kind="UA",
        country=Country.objects.get(iso3="BTN"),
        reference_code="BTN",
        number=9173,
        year=2021,
        matter="Canary matter",
        outcome="Canary outcome",
    )
    register(letter, sent_on=date(2021, 3, 1), by=None)
    for address, page in before.items():
        again = text_of(client.get(address))
        for canary in ("9173/2021", "Canary"):
            assert canary not in again, address
        assert again.count("Bhutan") == page.count("Bhutan"), address
    assert snapshot(programme, as_of=date(2023, 12, 31)) == printed
