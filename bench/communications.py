"""The register with 100,000 letters, 60,000 of them replied to: lists and search against Django's own, figures, files.

All in one database, whichever the settings name, and in one transaction that is taken back.
"""

import ctypes
import gc
import resource
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from django.contrib import admin
from django.db import connection
from django.test import Client, override_settings
from django.urls import path

from bench.admin_lists import administrator, page, queries, taken_back
from bench.measures import Measure, median_ratio, seconds
from bench.tracker import AsItComes
from communications.models import Letter, Publication, Reply, Signatory
from communications.publication.windows import report_session
from communications.register import catalogue, exports
from communications.replies.enums import ReplyClass
from communications.reporting import exports as files
from communications.reporting import statistics
from iesogi.accounts.models import User
from iesogi.reference.load import load_reference
from iesogi.reference.models import Country, Mandate, Perspective
from iesogi.reference.text import fold
from iesogi.urls import urlpatterns as portal

FEW, MANY = 300, 100_000
LIMIT, STATISTICS_LIMIT, MEMORY_LIMIT = 2, 1, 100
WORDS = ["threats", "arrest", "law", "police", "hospital", "asylum", "assembly", "school", "press", "family"]


class StockList(admin.ModelAdmin):
    search_fields = ["matter", "reference_code"]
    list_filter = ["kind"]


stock = admin.AdminSite(name="stock")
stock.register(Letter, StockList)
urlpatterns = [path("stock/", stock.urls), *portal]
STOCK = "/stock/communications/letter/"
# Ours, Django's, and what it is.
PAGES = [
    ("/communications/", STOCK, "public list"),
    ("/communications/?q=arrest", f"{STOCK}?q=arrest", "public search"),
    ("/communications/?q=unheard", f"{STOCK}?q=unheard", "public search that finds nothing"),
    ("/communications/?q=KAZ+7%2F2015", f"{STOCK}?q=KAZ", "public search by reference"),
    ("/communications/?kind=UA&reply=partial", f"{STOCK}?kind__exact=UA", "public filter"),
    ("/communications/?group=AFRICA&sent_from=2011-02-01", f"{STOCK}?kind__exact=UA", "public filter by region"),
    ("/admin/communications/letter/", STOCK, "register of the desk"),
    ("/admin/communications/letter/?q=kazakhstan", f"{STOCK}?q=KAZ", "search of the desk"),
    ("/admin/communications/letter/?late=overdue", f"{STOCK}?kind__exact=UA", "overdue letters of the desk"),
    ("/admin/communications/publication/", STOCK, "publications of the desk"),
    ("/admin/communications/reply/", STOCK, "replies of the desk"),
]


def fill(count: int) -> None:
    states = list(Country.objects.order_by("pk"))
    letters = Letter.objects.bulk_create((_letter(number, states) for number in range(count)), batch_size=2000)
    holders = list(User.objects.order_by("pk")[:2])
    Publication.objects.bulk_create((_publication(each, holders) for each in letters), batch_size=2000)
    replied = [letter for letter in letters if letter.replied_on]
    replies = Reply.objects.bulk_create((_reply(each) for each in replied), batch_size=2000)
    links = Reply.letters.through
    pairs = zip(replies, replied, strict=True)
    links.objects.bulk_create((links(reply_id=a.pk, letter_id=b.pk) for a, b in pairs), batch_size=5000)
    _themes_and_mandates(letters)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _themes_and_mandates(letters: list[Letter]) -> None:
    themes, mandates = list(Perspective.objects.all()[:20]), list(Mandate.objects.all()[:10])
    links = Letter.themes.through
    links.objects.bulk_create(
        (links(letter_id=each.pk, perspective_id=themes[each.pk % len(themes)].pk) for each in letters),
        batch_size=5000,
    )
    signed = (Signatory(letter=each, mandate=mandates[each.pk % len(mandates)], order=1) for each in letters)
    Signatory.objects.bulk_create(signed, batch_size=5000)


def _letter(number: int, states: list[Country]) -> Letter:
    state, sent_on = states[number % len(states)], date(2011, 1, 1) + timedelta(days=number % 3600)
    replied_on = sent_on + timedelta(days=20 + number % 90) if number % 5 < 3 else None
    return Letter(
        kind=("UA", "AL", "OL")[number % 3],
        country=state,
        reference_code=state.iso3,
        number=number // len(states) + 1,
        year=sent_on.year,
        state="published",
        sent_on=sent_on,
        replied_on=replied_on,
        reply_class=ReplyClass.values[number % 4] if replied_on else "",
        public=True,
        published_on=sent_on + timedelta(days=200),
        joint=number % 2 == 0,
        matter=(matter := f"Alleged {WORDS[number % 10]} and {WORDS[number // 10 % 10]}, matter {number}"),
        search_text=fold(matter),
    )


def _publication(letter: Letter, holders: list[User]) -> Publication:
    return Publication(
        letter=letter,
        session=report_session(letter.sent_on),
        state="published",
        proposed_on=letter.sent_on,
        title=letter.matter,
        text=f"{letter.matter}. " * 20,
        naming="nobody",
        redacted_by=holders[0],
        confirmed_by=holders[1],
    )


def _reply(letter: Letter) -> Reply:
    return Reply(
        received_on=letter.replied_on,
        channel="note_verbale",
        language="en",
        reply_class=letter.reply_class,
        classified_on=letter.replied_on,
        publishable=True,
        public_since=letter.published_on,
    )


def lists(client: Client) -> Iterator[Measure]:
    theirs = AsItComes()
    with taken_back():
        fill(FEW)
        few = {ours: queries(client, ours) for ours, _stock, _name in PAGES}
    with taken_back():
        fill(MANY)
        more = {name: queries(client, ours) - few[ours] for ours, _stock, name in PAGES}
        for ours, stock_url, name in PAGES:
            ratio = median_ratio(partial(page, client, ours), partial(theirs, client, stock_url))
            yield Measure(
                f"letters, {name}, {MANY:,} rows on {connection.vendor}, against Django's list", ratio, LIMIT
            )
        worst = max(more, key=more.get)
        yield Measure(
            f"letters: queries more than with {FEW} rows, of all pages the worst", more[worst], 0, f"queries, {worst}"
        )
        yield from figures()
        yield from streamed()


def figures() -> Iterator[Measure]:
    def count():
        statistics.figures(statistics.letters_of(None), whole=True)

    count()
    took = min(seconds(count) for _round in range(3))
    yield Measure(f"statistics over {MANY:,} letters on {connection.vendor}", took, STATISTICS_LIMIT, "seconds")


def held() -> float:
    """Megabytes that this process holds right now; what the allocator kept back is given away first."""
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def streamed() -> Iterator[Measure]:
    """The most that is held while the lines are written, over what was held before."""
    for name, letters, lines in (
        ("public CSV", catalogue.letters(), lambda letters: exports.as_csv(exports.rows(letters))),
        ("CSV of the desk", Letter.objects.all(), files.register_csv),
    ):
        expected = letters.count() + 1  # with the letters that were there before
        gc.collect()
        idle, most, count = held(), 0.0, 0
        for count, _line in enumerate(lines(letters), 1):
            if count % 5000 == 0:
                most = max(most, held())
        if count != expected:
            raise AssertionError(f"{count} lines instead of {expected}.")
        yield Measure(f"{name} of {MANY:,} letters, memory over idle", max(most - idle, 0), MEMORY_LIMIT, "MB")


def measures() -> Iterator[Measure]:
    load_reference()
    with override_settings(ROOT_URLCONF="bench.communications"):
        client: Client = administrator()
        if User.objects.count() < 2:
            User.objects.create(username="bench-second", email="second@example.org")
        yield from lists(client)
