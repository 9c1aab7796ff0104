from datetime import datetime

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from dissemination.newsletter.enums import IssueState, SubscriptionState
from iesogi.outbox.enums import UNSENT, State


class NewsletterListQuerySet(models.QuerySet):
    def on_offer(self) -> models.QuerySet:
        return self.filter(is_open=True)

    def with_counts(self) -> models.QuerySet:
        """How many have confirmed each list."""
        active = Q(subscriptions__state=SubscriptionState.ACTIVE)
        return self.annotate(active=Count("subscriptions", filter=active))


class SubscriberQuerySet(models.QuerySet):
    def reachable(self) -> models.QuerySet:
        """Has an address, and mail to it does not come back."""
        return self.exclude(email="").filter(bounced_at=None)

    def without_purpose(self, *, asked_before: datetime) -> models.QuerySet:
        """Has an address that no list needs: nothing confirmed, and nothing asked for since that moment."""
        wanted = self.model.subscriptions.rel.related_model.objects.filter(subscriber=OuterRef("pk")).filter(
            Q(state=SubscriptionState.ACTIVE) | Q(state=SubscriptionState.PENDING, asked_at__gt=asked_before)
        )
        return self.exclude(email="").filter(~Exists(wanted))


class IssueQuerySet(models.QuerySet):
    def archived(self) -> models.QuerySet:
        """What the public may read: issues that were sent, unless they are kept out of the archive."""
        return self.filter(state__in=[IssueState.SENDING, IssueState.SENT], is_archived=True)


class DeliveryQuerySet(models.QuerySet):
    def count_by_state(self) -> dict[str, int]:
        """How many mails of each state of the outbox."""
        return dict(self.order_by().values_list("mail__state").annotate(Count("pk")))

    def unfinished(self) -> models.QuerySet:
        return self.filter(mail__state__in=[state for state in UNSENT if state != State.FAILED])

    def refused(self) -> models.QuerySet:
        """The mail server would not take it, and nobody has written the bounce down yet."""
        return self.filter(mail__state=State.FAILED, bounced_at=None)
