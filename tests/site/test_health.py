from datetime import timedelta

import pytest
from celery import current_app
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.utils import timezone

from iesogi.site.tasks import LAST_TICK, tick


@pytest.fixture
def ticked(db):
    tick(now=timezone.now(), enqueue=False)
    yield
    cache.delete(LAST_TICK)


def test_healthz_answers_without_the_database(client, django_assert_num_queries):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_says_ok_of_each_part(client, ticked):
    response = client.get("/readyz")
    assert response.json() == {"database": "ok", "broker": "ok", "storage": "ok", "tick": "ok"}
    assert response.status_code == 200


def test_readyz_leaves_nothing_in_the_storage(client, ticked):
    client.get("/readyz")
    assert not [name for name in default_storage.listdir("")[1] if name.startswith("readyz")]


def test_readyz_refuses_when_no_tick_was_seen_of_late(client, ticked):
    cache.set(LAST_TICK, (timezone.now() - timedelta(minutes=6)).isoformat())
    response = client.get("/readyz")
    assert (response.status_code, response.json()["tick"]) == (503, "late")


def test_readyz_refuses_before_the_first_tick(client, db):
    cache.delete(LAST_TICK)
    assert client.get("/readyz").status_code == 503


def test_readyz_names_the_broker_that_is_gone(client, ticked, monkeypatch):
    monkeypatch.setitem(current_app.conf.changes, "broker_write_url", "redis://127.0.0.1:9/0")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["broker"] != "ok"
    assert response.json()["database"] == "ok"


def test_readyz_names_the_storage_that_cannot_be_written(client, ticked, settings, tmp_path):
    place = tmp_path / "file-where-a-folder-should-be"
    place.write_text("")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": place}},
    }
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["storage"] not in {"ok", str(place)}
