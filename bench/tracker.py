"""The tracker with 50,000 recommendations and 250,000 assessments, against Django's own list of the same table.

Both stand in the same database, whichever the settings name, and in one transaction that is taken back.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.template import engines
from django.template.utils import EngineHandler
from django.test import Client, override_settings
from django.urls import path

from bench.admin_lists import administrator, page, queries, taken_back
from bench.measures import Measure, median_ratio, seconds
from iesogi.accounts.models import User
from iesogi.reference.load import load_reference
from iesogi.reference.models import Country
from iesogi.urls import urlpatterns as portal
from visits.recommendations.columns import ENTERED
from visits.recommendations.enums import ASSESSABLE, Assessor, SourceKind, TagKind
from visits.recommendations.enums import Measure as Kind
from visits.recommendations.exports import as_csv
from visits.recommendations.importing.files import finish, look_at
from visits.recommendations.models import Assessment, Recommendation, RecommendationTag

FEW, MANY, FINDINGS, IMPORTED = 300, 50_000, 5, 10_000
LIMIT, IMPORT_LIMIT = 2, 60
WORDS = ["amend", "police", "health", "schools", "courts", "asylum", "identity", "training", "violence", "registry"]


class StockList(admin.ModelAdmin):
    search_fields = ["text", "source_symbol"]
    list_filter = ["status"]


stock = admin.AdminSite(name="stock")
stock.register(Recommendation, StockList)
urlpatterns = [path("stock/", stock.urls), *portal]
STOCK = "/stock/visits/recommendation/"
# Ours, Django's, and what it is.
PAGES = [
    ("/recommendations/", STOCK, "public list"),
    ("/recommendations/?q=schools+registry", f"{STOCK}?q=schools+registry", "public search"),
    ("/recommendations/?q=measure+299", f"{STOCK}?q=measure+299", "public search that finds a few"),
    ("/recommendations/?q=unheard", f"{STOCK}?q=unheard", "public search that finds nothing"),
    ("/recommendations/?status=implemented", f"{STOCK}?status__exact=implemented", "public filter"),
    ("/recommendations/?theme=theme+3&measure=law", f"{STOCK}?status__exact=implemented", "public filter by theme"),
    ("/admin/visits/recommendation/", STOCK, "admin list"),
    ("/admin/visits/recommendation/?q=schools+registry", f"{STOCK}?q=schools+registry", "admin search"),
    ("/admin/visits/recommendation/?q=measure+299", f"{STOCK}?q=measure+299", "admin search that finds a few"),
    ("/admin/visits/recommendation/?status__exact=implemented", f"{STOCK}?status__exact=implemented", "admin filter"),
]


def text_of(number: int) -> str:
    words = [WORDS[(number * step + step) % len(WORDS)] for step in (1, 3, 7)]
    return f"The State should, with regard to {', '.join(words)}, take measure {number} and report on it. " * 4


def fill(count: int) -> None:
    states = list(Country.objects.values_list("pk", flat=True))
    tags = [RecommendationTag(kind=TagKind.THEME, label=f"Theme {number}") for number in range(50)]
    for tag in tags:
        tag.fill()
    RecommendationTag.objects.bulk_create(tags, ignore_conflicts=True)
    known = list(RecommendationTag.objects.all())
    made = [_recommendation(number, states[number % len(states)]) for number in range(count)]
    for each in made:
        each.fill()
    Recommendation.objects.bulk_create(made, batch_size=1000)
    links = Recommendation.tags.through
    links.objects.bulk_create(
        (links(recommendation_id=each.pk, recommendationtag_id=known[each.pk % len(known)].pk) for each in made),
        batch_size=5000,
    )
    findings = (_finding(each, number) for each in made for number in range(FINDINGS))
    Assessment.objects.bulk_create(findings, batch_size=5000)
    newest = Assessment.objects.filter(recommendation=OuterRef("pk")).order_by("-on", "-pk")
    Recommendation.objects.filter(pk__gte=made[0].pk).update(
        latest=Subquery(newest.values("pk")[:1]), status=Subquery(newest.values("status")[:1])
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _recommendation(number: int, state: int) -> Recommendation:
    return Recommendation(
        reference=f"Bench {number}",
        text=text_of(number),
        source_kind=SourceKind.VISIT_REPORT,
        source_symbol=f"A/HRC/{number % 60}/{number % 90}/Add.1",
        source_public_on=date(2020, 1, 1),
        is_public=True,
        country_id=state,
        measure=Kind.values[number % 3],
    )


def _finding(recommendation: Recommendation, number: int) -> Assessment:
    return Assessment(
        recommendation=recommendation,
        status=ASSESSABLE[(recommendation.pk + number) % len(ASSESSABLE)],
        on=date(2020, 1, 1) + timedelta(days=90 * number),
        assessor=Assessor.values[number % 5],
        evidence="A law, a judgment and a programme.",
    )


class AsItComes:
    """Django's own templates around a page of its own site."""

    def __init__(self):
        self.handler = EngineHandler(templates=[{**engine, "DIRS": []} for engine in settings.TEMPLATES])
        self.handler.all()

    def __call__(self, client: Client, url: str) -> None:
        ours = vars(engines).copy()
        vars(engines).update(vars(self.handler))
        try:
            page(client, url)
        finally:
            vars(engines).update(ours)


def lists(client: Client) -> Iterator[Measure]:
    theirs, more = AsItComes(), {}
    with taken_back():
        fill(FEW)
        few = {ours: queries(client, ours) for ours, _stock, _name in PAGES}
    with taken_back():
        fill(MANY)
        for ours, stock_url, name in PAGES:
            more[name] = queries(client, ours) - few[ours]
            ratio = median_ratio(partial(page, client, ours), partial(theirs, client, stock_url))
            yield Measure(
                f"tracker, {name}, {MANY:,} rows on {connection.vendor}, against Django's list", ratio, LIMIT
            )
    worst = max(more, key=more.get)
    yield Measure(
        f"tracker: queries more than with {FEW} rows, of all pages the worst", more[worst], 0, f"queries, {worst}"
    )


def imported() -> Iterator[Measure]:
    rows = (
        dict.fromkeys(ENTERED, "") | {
            "reference": f"Import {number}", "text": text_of(number), "source_kind": "visit_report",
            "source_symbol": "A/HRC/41/45/Add.1", "state": "GEO", "themes": f"Theme {number % 40}; Courts",
            "sdgs": "16.3; 5",
        }
        for number in range(IMPORTED)
    )  # fmt: skip
    blank = dict.fromkeys(("status", "assessed_on", "assessor", "support", "evidence", "evidence_url", "url"), "")
    content = "".join(as_csv(row | blank for row in rows)).encode()
    by = User.objects.get(username="bench")
    with taken_back():
        took = seconds(lambda: finish(look_at(content, name="bench.csv", by=by), by=by))
        if Recommendation.objects.count() < IMPORTED:
            raise AssertionError("Rows are missing after the import.")
    yield Measure(f"tracker, import of {IMPORTED:,} rows with its dry run", took, IMPORT_LIMIT, "seconds")


def measures() -> Iterator[Measure]:
    load_reference()
    with override_settings(ROOT_URLCONF="bench.tracker"):
        client: Client = administrator()
        yield from imported()
        yield from lists(client)
