"""Links that open one subscriber's own page, and nothing else. They never expire: an old mail still lets one leave."""

from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from dissemination.newsletter.models import NewsletterList, Subscriber

_signer = signing.Signer(salt="dissemination.newsletter.subscriber")


class Named(NamedTuple):
    """Whom a link names, and the list that the mail was of; 0 for none."""

    public_id: str
    list: int


def token_of(subscriber: Subscriber, list_id: int = 0) -> str:
    return _signer.sign(f"{subscriber.public_id.hex}.{list_id}")


def named_by(token: str) -> Named | None:
    """None for a link that is not ours."""
    try:
        public_id, _dot, list_id = _signer.unsign(token).partition(".")
        return Named(public_id, int(list_id))
    except (signing.BadSignature, ValueError):
        return None


def url(name: str, subscriber: Subscriber, of: NewsletterList | None = None) -> str:
    """In the subscriber's language, with the host that mails name."""
    with translation.override(subscriber.language):
        return settings.PORTAL_URL + reverse(f"newsletter:{name}", args=[token_of(subscriber, of.pk if of else 0)])
