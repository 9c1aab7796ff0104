"""Every list of the admin with 10,000 rows: as many queries as with three, and against Django's own list of groups."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.template import engines
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse

from bench import rows
from bench.measures import Measure, median_ratio
from iesogi.accounts.enums import PaidBy
from iesogi.accounts.models import User

FEW, MANY = 3, 10_000
ROUNDS = 5

stock = admin.AdminSite(name="stock")
stock.register(Group, GroupAdmin)
urlpatterns = [path("stock/", stock.urls), path("", include("iesogi.urls"))]
STOCK_LIST = "/stock/auth/group/"


def administrator() -> Client:
    user = User.objects.create_superuser("bench", "bench@example.org", paid_by=PaidBy.OHCHR)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def page(client: Client, url: str) -> None:
    response = client.get(url)
    if response.status_code != 200:
        raise AssertionError(f"{url} answers {response.status_code}")


def queries(client: Client, url: str) -> int:
    page(client, url)  # what is cached for the process is in the cache now
    with CaptureQueriesContext(connection, ) as captured:
        page(client, url)
    return len(captured)


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def top_up(model, count: int) -> None:
    missing = count - model._base_manager.count()
    if missing > 0:
        rows.fill(model, missing)


def few(model, client: Client, url: str) -> int:
    with taken_back():
        if model not in {User, Group}:
            model._base_manager.exclude(pk__in=model._base_manager.order_by("-pk").values("pk")[:FEW])
        top_up(model, FEW)
        return queries(client, url)


def listed(model, client: Client) -> Iterator[Measure]:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    size = rows.MOST.get(model._meta.label, MANY)
    name = f"admin list of {model._meta.verbose_name_plural}, {size:,} rows"
    before = few(model, client, url)
    with taken_back():
        top_up(model, size)
        if model is not Group:
            top_up(Group, MANY)
        after = queries(client, url)
        ratio = median_ratio(partial(page, client, url), partial(page, client, STOCK_LIST), rounds=ROUNDS)
    yield Measure(f"{name}: queries beyond those with {FEW} rows", after - before, 0, f"queries, {after} in all")
    yield Measure(f"{name}: time against auth.Group", ratio, 2)


def measures() -> Iterator[Measure]:
    with override_settings(ROOT_URLCONF="bench.admin_lists"), transaction.atomic():
        client = administrator()
        for model in sorted(admin.site._registry, key=lambda model: model._meta.label):
            yield from listed(model, client)
        transaction.set_rollback(True)
