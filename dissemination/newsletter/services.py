"""Asking for the newsletter, confirming, choosing, leaving. What sends an issue is in `sending.py`."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dissemination.newsletter import bounces, mails, sending
from dissemination.newsletter.enums import ConsentStep, SubscriptionState
from dissemination.newsletter.models import ConsentEvent, Delivery, NewsletterList, Subscriber, Subscription
from iesogi.outbox import services as outbox
from iesogi.outbox.models import Mail

AT_ONCE = 500


@transaction.atomic
def ask(email: str, lists: Iterable[NewsletterList], *, language: str) -> Subscriber:
    """Nobody is on a list by this: the mail has to be answered first. The page says the same whatever happens here."""
    subscriber = Subscriber.objects.filter(email__iexact=email).first()
    if subscriber is None:
        subscriber, _made = Subscriber.objects.get_or_create(email=email.lower(), defaults={"language": language})
    wanted = [each for each in lists if _ask_for(subscriber, each)]
    if wanted:
        mails.ask_to_confirm(subscriber, wanted)
    else:
        mails.say_it_is_so_already(subscriber)
    return subscriber


def _ask_for(subscriber: Subscriber, of: NewsletterList) -> bool:
    """False when the address is on the list already."""
    subscription, made = Subscription.objects.get_or_create(subscriber=subscriber, list=of)
    if subscription.state == SubscriptionState.ACTIVE:
        return False
    if made or subscription.state == SubscriptionState.LEFT:
        _write(subscriber, of, ConsentStep.ASKED)
    subscription.state, subscription.asked_at, subscription.left_at = SubscriptionState.PENDING, timezone.now(), None
    subscription.save(update_fields=["state", "asked_at", "left_at"])
    return True


def _write(subscriber: Subscriber, of: NewsletterList | None, step: ConsentStep, note: str = "") -> None:
    ConsentEvent.objects.create(subscriber=subscriber, list=of, step=step, note=note)


def _locked(subscriber: Subscriber) -> Subscriber:
    return Subscriber.objects.select_for_update().get(pk=subscriber.pk)


@transaction.atomic
def confirm(subscriber: Subscriber) -> int:
    """The mail was answered: whatever waits for this address begins. How many lists that were."""
    subscriber = _locked(subscriber)
    waiting = list(subscriber.subscriptions.filter(state=SubscriptionState.PENDING).select_related("list"))
    for subscription in waiting:
        _begin(subscriber, subscription)
    if waiting and subscriber.bounced_at:
        subscriber.bounced_at, subscriber.bounces = None, 0
        subscriber.save(update_fields=["bounced_at", "bounces"])
    return len(waiting)


def _begin(subscriber: Subscriber, subscription: Subscription) -> None:
    subscription.state, subscription.confirmed_at = SubscriptionState.ACTIVE, timezone.now()
    subscription.left_at = None
    subscription.save(update_fields=["state", "confirmed_at", "left_at"])
    _write(subscriber, subscription.list, ConsentStep.CONFIRMED)


@transaction.atomic
def choose(subscriber: Subscriber, lists: Iterable[NewsletterList], *, language: str) -> Subscriber:
    """From the page that only a mail to this address opens, so a list ticked there needs no second mail."""
    subscriber = _locked(subscriber)
    wanted = {each.pk: each for each in lists}
    subscriber.language = language
    subscriber.save(update_fields=["language"])
    for of in wanted.values():
        subscription, _made = Subscription.objects.get_or_create(subscriber=subscriber, list=of)
        if subscription.state != SubscriptionState.ACTIVE:
            _begin(subscriber, subscription)
    return _leave(subscriber, subscriber.subscriptions.exclude(list__in=wanted))


@transaction.atomic
def leave(subscriber: Subscriber, of: NewsletterList | None = None) -> Subscriber:
    """One list, or all of them. Mails that wait are called back; with the last list the address goes."""
    subscriber = _locked(subscriber)
    return _leave(subscriber, subscriber.subscriptions.filter(**({"list": of} if of else {})))


def _leave(subscriber: Subscriber, subscriptions) -> Subscriber:
    for subscription in subscriptions.exclude(state=SubscriptionState.LEFT).select_related("list"):
        subscription.state, subscription.left_at = SubscriptionState.LEFT, timezone.now()
        subscription.save(update_fields=["state", "left_at"])
        _write(subscriber, subscription.list, ConsentStep.LEFT)
        outbox.withdraw(mails.issues_to(subscriber, subscription.list))
    if not subscriber.subscriptions.exclude(state=SubscriptionState.LEFT).exists():
        _forget(subscriber)
    return subscriber


def _forget(subscriber: Subscriber) -> None:
    """The address and every mail to it go; what was agreed to, and when, stays without it."""
    outbox.erase(mails.mails_about(subscriber))
    outbox.erase(mails.issues_to(subscriber))
    subscriber.email = ""
    subscriber.save(update_fields=["email"])


# --- The periodic pass ----------------------------------------------------------------------------


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    """Go on with issues that are being sent, write down what came back, erase what nobody confirmed."""
    old = now - timedelta(days=settings.UNCONFIRMED_KEPT_DAYS)
    unwanted = list(Subscriber.objects.without_purpose(asked_before=old).order_by("pk")[:AT_ONCE])
    for subscriber in unwanted:
        leave(subscriber)
    _sweep()
    counts = {"bounces_recorded": bounces.record_refused(), "addresses_erased": len(unwanted)}
    return counts | sending.drive(enqueue=enqueue)


def _sweep() -> None:
    """A mail that was on its way when its reader left could not be erased then."""
    gone = Delivery.objects.filter(subscriber__email="", mail__erased_at=None).values("mail")[:AT_ONCE]
    outbox.erase(Mail.objects.filter(pk__in=[row["mail"] for row in gone]))
