"""Mails to those who may approve: that something waits, and where. Never what it is, or of whom it speaks."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.outbox import services as outbox
from iesogi.outbox.models import Mail

BY_ROLE = "django.contrib.auth.backends.ModelBackend"


def approvers_of(item: models.Model) -> models.QuerySet:
    """Whoever may approve by role; that nobody approves what is their own is the caller's to say."""
    right = f"{item._meta.app_label}.change_{item._meta.model_name}"
    found = User.objects.with_perm(right, backend=BY_ROLE, include_superusers=False)
    return found.filter(is_staff=True).exclude(email="")


def tell(item: models.Model, *, besides: set[int | None], asked_at: datetime) -> int:
    """One mail to each approver besides these people. How many were written."""
    others = approvers_of(item).exclude(pk__in=besides - {None}).order_by("pk")
    said = write(item)
    for user in others:
        outbox.queue(to=user.email, dedupe_key=f"{_key(item)}{user.pk}:{asked_at.isoformat()}", **said)
    return len(others)


def call_back(item: models.Model) -> int:
    """Somebody has decided, so what has not left yet need not leave."""
    return outbox.withdraw(Mail.objects.filter(dedupe_key__startswith=_key(item)))


def _key(item: models.Model) -> str:
    return f"approval:{item._meta.model_name}:{item.pk}:"


def write(item: models.Model) -> dict[str, str]:
    """The same words for whatever waits; the address is that of a page behind the login."""
    path = reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_change", args=[item.pk])
    with translation.override(settings.LANGUAGE_CODE):
        context = {"url": settings.PORTAL_URL.rstrip("/") + path}
        return {
            "subject": _("Something waits for your approval"),
            "text": render_to_string("emails/dissemination/approval.txt", context),
            "html": render_to_string("emails/dissemination/approval.html", context),
        }
