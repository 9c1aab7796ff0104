from django.db import models
from django.utils.translation import gettext_lazy as _


class SubscriptionState(models.TextChoices):
    PENDING = "pending", _("Not confirmed yet")
    ACTIVE = "active", _("Subscribed")
    LEFT = "left", _("Left")

    @property
    def successors(self):
        return SUBSCRIPTION_NEXT[self]


SUBSCRIPTION_NEXT = {
    SubscriptionState.PENDING: {SubscriptionState.ACTIVE, SubscriptionState.LEFT},
    SubscriptionState.ACTIVE: {SubscriptionState.LEFT},
    SubscriptionState.LEFT: {SubscriptionState.PENDING},  # asked again, so to be confirmed again
}


class IssueState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    STOPPED = "stopped", _("Stopped")

    @property
    def successors(self):
        return ISSUE_NEXT[self]


ISSUE_NEXT = {
    IssueState.DRAFT: {IssueState.SENDING},
    IssueState.SENDING: {IssueState.SENT, IssueState.STOPPED},
    IssueState.SENT: set(),
    IssueState.STOPPED: set(),
}


class ConsentStep(models.TextChoices):
    """The log of who agreed to what and when: the proof of a double opt-in."""

    ASKED = "asked", _("Asked for it")
    CONFIRMED = "confirmed", _("Confirmed by mail")
    LEFT = "left", _("Left")
    BOUNCED = "bounced", _("Mail came back")
