"""One mail each weekday to everybody who may open cases: the same words and length whether or not anything waits.

Whoever sees the mail, or the list of mails, learns that the portal exists and nothing else (sealed_cases.md 7.10).
"""

from datetime import date, datetime, time

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.deadlines.days import GENEVA, day_of
from iesogi.outbox import services as outbox
from iesogi.outbox.models import Mail
from iesogi.vault import members
from iesogi.vault.enums import Slug

SATURDAY = 5


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    on = day_of(now)
    if not settings.DIGEST_MAIL or on.weekday() >= SATURDAY or now < _hour_of(on):
        return {"digests": 0}
    return {"digests": sum(_write(user, on) for user in recipients())}


def _hour_of(on: date) -> datetime:
    return datetime.combine(on, time(settings.DIGEST_HOUR), tzinfo=GENEVA)


def recipients() -> list[User]:
    """Members of `cases` who still work here; that somebody is one says nothing about any case."""
    users = {vault.user for vault in members.members_of(Slug.CASES)}
    return sorted((user for user in users if user.is_active and user.email), key=lambda user: user.pk)


def _write(user: User, on: date) -> bool:
    """False when this day's mail was written before, by this process or another."""
    key = f"digest:{user.pk}:{on.isoformat()}"
    if Mail.objects.filter(dedupe_key=key).exists():
        return False
    outbox.queue(to=user.email, dedupe_key=key, due_at=_hour_of(on), announce=False, **write())
    return True


def write() -> dict[str, str]:
    """Nothing goes in, so nothing can come out: no reference, State, count or address of a page."""
    with translation.override(settings.LANGUAGE_CODE):
        context = {"url": settings.PORTAL_URL.rstrip("/") + reverse("admin:index")}
        return {
            "subject": _("Please sign in to the portal"),
            "text": render_to_string("emails/communications/digest.txt", context),
            "html": render_to_string("emails/communications/digest.html", context),
        }
