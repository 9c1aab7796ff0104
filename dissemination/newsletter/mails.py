"""The two mails about a subscription. Keys begin with `newsletter-<subscriber>-`, so that they can be erased."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dissemination.newsletter import links
from dissemination.newsletter.models import Delivery, NewsletterList, Subscriber
from iesogi.outbox import services as outbox
from iesogi.outbox.models import Mail
from iesogi.outbox.querysets import MailQuerySet

# Whoever types somebody else's address again and again causes one mail in ten minutes, not a flood.
PAUSE_MINUTES = 10


def ask_to_confirm(subscriber: Subscriber, lists: list[NewsletterList]) -> None:
    moment = timezone.now()
    key = f"confirm-{moment:%Y%m%d%H}{moment.minute // PAUSE_MINUTES}"
    with translation.override(subscriber.language):
        subject = _("Please confirm that you want the newsletter of the mandate")
        context = {"link": links.url("confirm", subscriber), "lists": [each.name for each in lists]}
        _queue(subscriber, "confirm", key, subject, context)


def say_it_is_so_already(subscriber: Subscriber) -> None:
    with translation.override(subscriber.language):
        subject = _("You are subscribed to the newsletter of the mandate already")
        context = {"link": links.url("preferences", subscriber)}
        _queue(subscriber, "known", f"known-{timezone.localdate():%Y%m%d}", subject, context)


def _queue(subscriber: Subscriber, template: str, key: str, subject: str, context: dict) -> None:
    context |= {"language": subscriber.language, "days": settings.UNCONFIRMED_KEPT_DAYS, "subject": subject}
    outbox.queue(
        to=subscriber.email,
        subject=subject,
        text=render_to_string(f"emails/newsletter/{template}.txt", context).strip() + "\n",
        html=render_to_string(f"emails/newsletter/{template}.html", context),
        dedupe_key=f"newsletter-{subscriber.pk}-{key}",
        subject_label=str(_("the newsletter")),
        private=True,
    )


def mails_about(subscriber: Subscriber) -> MailQuerySet:
    return Mail.objects.filter(dedupe_key__startswith=f"newsletter-{subscriber.pk}-")


def issues_to(subscriber: Subscriber, of: NewsletterList | None = None) -> MailQuerySet:
    deliveries = Delivery.objects.filter(subscriber=subscriber)
    if of is not None:
        deliveries = deliveries.filter(issue__list=of)
    return Mail.objects.filter(pk__in=deliveries.values("mail"))
