"""What a deployment must be able to do before people rely on it; each finding names what to set.

`check --deploy` asks these; an ordinary start does not, so that a broker that is down never keeps the portal down.
"""

from celery import current_app
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as Finding

DOCS = "See “Settings” in docs/operations.md."


def check_broker_is_reachable(app_configs, **kwargs):
    try:
        with current_app.connection_for_write(connect_timeout=3) as broker:
            broker.ensure_connection(max_retries=0, timeout=3)
    except Exception as error:  # every transport raises its own kind
        return [
            Error(
                f"The broker of CELERY_BROKER_URL cannot be reached ({type(error).__name__}).",
                hint="Start it, or correct CELERY_BROKER_URL. Work is kept as rows and is done when it is back.",
                id="iesogi.E010",
            )
        ]
    return []


def check_demo_is_off(app_configs, **kwargs):
    if not settings.DEMO:
        return []
    return [
        Finding(
            "DEMO is on: demo users with known passwords may log in without a second factor.",
            hint=f"Set DEMO=0. {DOCS}",
            id="iesogi.W011",
        )
    ]


def check_servers_are_real(app_configs, **kwargs):
    """The embedded pair serves one machine; several hosts would each have their own."""
    embedded = {
        "DATABASE_URL": settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
        "CELERY_BROKER_URL": settings.CELERY_BROKER_URL.startswith(("sqla+sqlite", "memory")),
        "CACHE_URL": not settings.CACHES["default"]["BACKEND"].endswith("RedisCache"),
    }
    return [
        Finding(f"{name} names a file of this machine, not a server.", hint=DOCS, id="iesogi.W012")
        for name, found in embedded.items()
        if found
    ]


def check_mail_leaves_the_machine(app_configs, **kwargs):
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return []
    return [
        Finding(
            "Mail is not handed to a mail server, so nobody will be reminded of anything.",
            hint=f"Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587. {DOCS}",
            id="iesogi.W013",
        )
    ]


def check_links_in_mail(app_configs, **kwargs):
    if settings.PORTAL_URL.startswith("https://"):
        return []
    return [
        Finding(
            "PORTAL_URL does not start with https://, so links in mails would lead to an open connection.",
            hint=f"Set PORTAL_URL to the address that people use. {DOCS}",
            id="iesogi.W014",
        )
    ]


def register_all():
    register(check_broker_is_reachable, "broker", deploy=True)
    for check in (check_demo_is_off, check_servers_are_real, check_mail_leaves_the_machine, check_links_in_mail):
        register(check, Tags.security, deploy=True)
