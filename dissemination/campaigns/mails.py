"""What signatories are sent: the link that makes a signature count. No mail names the person, and none is sent twice.

Keys begin with `signature-<campaign>-<signature>-`, so that a mail can be found and erased when its purpose has gone.
"""

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dissemination.campaigns.models import Campaign, Signature
from iesogi.outbox import services as outbox
from iesogi.outbox.models import Mail
from iesogi.outbox.querysets import MailQuerySet

_signer = signing.Signer(salt="dissemination.campaigns.signature")
# Someone who asks again and again for the same address sends its owner one mail in ten minutes, not a flood.
PAUSE_MINUTES = 10


def token_of(signature: Signature) -> str:
    return _signer.sign(signature.public_id.hex)


def id_in(token: str) -> str | None:
    """The public id that a link of ours names, or None for any other link."""
    try:
        return _signer.unsign(token)
    except signing.BadSignature:
        return None


def link_to(signature: Signature) -> str:
    with translation.override(signature.language):
        return settings.PORTAL_URL + reverse("campaigns:confirm", args=[token_of(signature)])


def ask_to_confirm(signature: Signature) -> None:
    moment = timezone.now()
    tenth = moment.strftime("%Y%m%d%H") + str(moment.minute // PAUSE_MINUTES)
    _queue(signature, "confirm", key=f"confirm-{tenth}", subject_of=_subject_to_confirm)


def say_it_counts_already(signature: Signature) -> None:
    _queue(signature, "known", key=f"known-{timezone.localdate():%Y%m%d}", subject_of=_subject_known)


def _subject_to_confirm(title: str) -> str:
    return _("Please confirm the signature of your organization: %(campaign)s") % {"campaign": title}


def _subject_known(title: str) -> str:
    return _("Your organization has signed already: %(campaign)s") % {"campaign": title}


def _queue(signature: Signature, template: str, *, key: str, subject_of) -> None:
    campaign = signature.campaign
    with translation.override(signature.language):
        title = campaign.text.title if campaign.text else campaign.title
        context = {
            "organisation": signature.organisation,
            "campaign": title,
            "link": link_to(signature),
            "days": settings.UNCONFIRMED_KEPT_DAYS,
            "language": signature.language,
        }
        outbox.queue(
            to=signature.email,
            subject=subject_of(title),
            text=render_to_string(f"emails/campaigns/{template}.txt", context).strip() + "\n",
            html=render_to_string(f"emails/campaigns/{template}.html", context),
            dedupe_key=f"signature-{signature.campaign_id}-{signature.pk}-{key}",
            subject_label=str(_("a campaign")),
            private=True,
        )


def mails_of(campaign: Campaign, signature: Signature | None = None) -> MailQuerySet:
    prefix = f"signature-{campaign.pk}-" + (f"{signature.pk}-" if signature else "")
    return Mail.objects.filter(dedupe_key__startswith=prefix)
