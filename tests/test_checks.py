"""What `check --deploy` finds, and that it finds nothing under the settings that docs/operations.md asks for."""

import pytest
from celery import current_app
from django.core.checks import run_checks

from iesogi.site import checks


def ids(findings):
    return [finding.id for finding in findings]


def test_broker_that_answers_is_no_finding():
    assert checks.check_broker_is_reachable(None) == []


def test_broker_that_is_down_is_an_error_with_a_hint(unreachable_broker):
    [finding] = checks.check_broker_is_reachable(None)
    assert finding.id == "iesogi.E010"
    assert "CELERY_BROKER_URL" in finding.hint


@pytest.fixture
def unreachable_broker(monkeypatch):
    """Nothing listens on port 9 of this machine."""
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:9/0")  # Celery asks the environment first
    current_app._after_fork()
    yield
    monkeypatch.undo()
    current_app._after_fork()


def test_demo_is_found(settings):
    settings.DEMO = True
    assert ids(checks.check_demo_is_off(None)) == ["iesogi.W011"]


def test_embedded_database_broker_and_cache_are_found(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    settings.CELERY_BROKER_URL = "sqla+sqlite:///broker.sqlite3"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache"}}
    found = checks.check_servers_are_real(None)
    assert [finding.msg.split()[0] for finding in found] == ["DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL"]


def test_mail_to_files_is_found(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert ids(checks.check_mail_leaves_the_machine(None)) == ["iesogi.W013"]


def test_links_over_an_open_connection_are_found(settings):
    settings.PORTAL_URL = "http://portal.example.org"
    assert ids(checks.check_links_in_mail(None)) == ["iesogi.W014"]


def test_production_settings_leave_nothing_to_find(settings, monkeypatch):
    settings.DEMO = False
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    settings.CELERY_BROKER_URL = "redis://redis.example.org"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.PORTAL_URL = "https://portal.example.org"
    found = [
        *checks.check_demo_is_off(None),
        *checks.check_servers_are_real(None),
        *checks.check_mail_leaves_the_machine(None),
        *checks.check_links_in_mail(None),
    ]
    assert found == []


def test_an_ordinary_start_finds_nothing():
    assert run_checks() == []
