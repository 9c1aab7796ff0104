"""Every list of the admin with 10,000 rows: as many queries as with three, and against Django's own list of groups."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.db import connection, connections, router, transaction
from django.template import engines
from django.template.utils import EngineHandler
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from bench import rows
from bench.measures import Measure, median_ratio
from iesogi.accounts.enums import PaidBy
from iesogi.accounts.models import User
from iesogi.urls import urlpatterns as portal

FEW, MANY = 3, 10_000
ROUNDS = 9

stock = admin.AdminSite(name="stock")
stock.register(Group, GroupAdmin)
urlpatterns = [path("stock/", stock.urls), *portal]
STOCK_LIST = "/stock/auth/group/"


def administrator() -> Client:
    User.objects.filter(username="bench").delete()
    user = User.objects.create_superuser("bench", "bench@example.org", paid_by=PaidBy.OHCHR)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def page(client: Client, url: str) -> None:
    response = client.get(url)
    if response.status_code != 200:
        raise AssertionError(f"{url} answers {response.status_code}")


class Stock:
    """Django's list as it comes: its own templates, on a copy of the database that has 10,000 groups."""

    alias = "stock"

    def __init__(self, folder: Path):
        self.handler = EngineHandler(templates=[{**engine, "DIRS": []} for engine in settings.TEMPLATES])
        self.handler.all()
        self.shown = False
        usual = connections["default"]
        with usual.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / "stock.sqlite3")])
        connections.databases[self.alias] = usual.settings_dict | {"NAME": str(folder / "stock.sqlite3")}
        Group.objects.using(self.alias).bulk_create(Group(name=f"Group {number}") for number in range(MANY))
        router.routers.append(self)

    def db_for_read(self, model, **hints):
        return self.alias if self.shown else None

    db_for_write = db_for_read

    def __call__(self, client: Client) -> None:
        ours = vars(engines).copy()
        vars(engines).update(vars(self.handler))
        self.shown = True
        try:
            page(client, STOCK_LIST)
        finally:
            self.shown = False
            vars(engines).update(ours)


def queries(client: Client, url: str) -> int:
    page(client, url)  # what is cached for the process is in the cache now
    with CaptureQueriesContext(connection) as captured:
        page(client, url)
    return len(captured)


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    rows.forget()


def top_up(model, count: int) -> None:
    missing = count - model._base_manager.count()
    if missing > 0:
        rows.fill(model, missing)


def few(model, client: Client, url: str) -> int:
    with taken_back():
        top_up(model, FEW)
        return queries(client, url)


def listed(model, client: Client, stock_list: Stock) -> tuple[Measure, int]:
    """Time against Django's list, and how many queries more it takes than with few rows."""
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    size = rows.MOST.get(model._meta.label, MANY)
    before = few(model, client, url)
    with taken_back():
        top_up(model, size)
        more = queries(client, url) - before
        ratio = median_ratio(partial(page, client, url), partial(stock_list, client), rounds=ROUNDS)
    return Measure(
        f"admin list of {model._meta.verbose_name_plural}, {size:,} rows, against auth.Group", ratio, 2
    ), more


def measures() -> Iterator[Measure]:
    more = {}
    with override_settings(ROOT_URLCONF="bench.admin_lists"):
        client, stock_list = administrator(), Stock(settings.VAR_DIR)
        for model in sorted(admin.site._registry, key=lambda model: model._meta.label):
            measure, more[model._meta.label] = listed(model, client, stock_list)
            yield measure
    worst = max(more, key=more.get)
    unit = f"queries, {worst}" if more[worst] else "queries"
    yield Measure(
        f"admin lists: queries more than with {FEW} rows, of {len(more)} lists the worst", more[worst], 0, unit
    )
