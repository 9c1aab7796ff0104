"""Mails to senders: the acknowledgement leaves at once, every other one waits as a draft in the outbox.

Confidential contributions have no address in clear, so there is no mail to them; they read answers by their number.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from iesogi.outbox import services as outbox
from iesogi.outbox.models import Mail
from iesogi.outbox.querysets import MailQuerySet
from reports.contributions.models import Contribution


def acknowledge(contribution: Contribution) -> Mail | None:
    """That it has arrived, and nothing of what it says."""
    if not contribution.email:
        return None
    with translation.override(contribution.mail_language):
        context = _context(contribution)
        return outbox.queue(
            to=contribution.email,
            subject=_("Your contribution has arrived: %(call)s") % {"call": context["title"]},
            text=render_to_string("emails/calls/arrived.txt", context).strip() + "\n",
            html=render_to_string("emails/calls/arrived.html", context),
            dedupe_key=f"{_prefix(contribution)}arrived",
            subject_label=str(_("a contribution")),
        )


def draft(contribution: Contribution, *, subject: str, text: str) -> Mail | None:
    """A mail that a person sends, or not, from the outbox; None where there is no address to write to."""
    if not contribution.email:
        return None
    with translation.override(contribution.mail_language):
        context = _context(contribution) | {"words": text}
        return outbox.draft(
            to=contribution.email,
            subject=subject,
            text=render_to_string("emails/calls/words.txt", context).strip() + "\n",
            html=render_to_string("emails/calls/words.html", context),
            subject_label=contribution.ref,
            subject_url=reverse("admin:reports_contribution_change", args=[contribution.pk]),
        )


def mails_of(contribution: Contribution) -> MailQuerySet:
    return Mail.objects.filter(dedupe_key__startswith=_prefix(contribution)) | Mail.objects.filter(
        subject_label=contribution.ref
    )


def _prefix(contribution: Contribution) -> str:
    return f"contribution-{contribution.pk}-"


def _context(contribution: Contribution) -> dict:
    return {
        "title": contribution.call.title,
        "ref": contribution.ref,
        "link": settings.PORTAL_URL + reverse("calls:door"),
        "language": translation.get_language(),
    }
