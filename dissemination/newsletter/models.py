"""Newsletters: lists, who confirmed them, issues, and one row for each reader of each issue.

Kept apart from everything people tell the mandate: no row here points at a submission, none there points here.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dissemination.newsletter.enums import ConsentStep, IssueState, SubscriptionState
from dissemination.newsletter.querysets import (
    DeliveryQuerySet,
    IssueQuerySet,
    NewsletterListQuerySet,
    SubscriberQuerySet,
)


class NewsletterList(models.Model):
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120, blank=True)
    name_es = models.CharField(_("name in Spanish"), max_length=120, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)
    about_en = models.CharField(_("what it brings, in English"), max_length=300)
    about_fr = models.CharField(_("what it brings, in French"), max_length=300, blank=True)
    about_es = models.CharField(_("what it brings, in Spanish"), max_length=300, blank=True)
    about_ar = models.CharField(_("what it brings, in Arabic"), max_length=300, blank=True)
    is_open = models.BooleanField(_("offered to the public"), default=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = NewsletterListQuerySet.as_manager()

    class Meta:
        verbose_name = _("newsletter list")
        verbose_name_plural = _("newsletter lists")
        ordering = ["code"]

    def __str__(self):
        return self.name

    def _here(self, what):
        return getattr(self, f"{what}_{(get_language() or 'en')[:2]}", "") or getattr(self, f"{what}_en")

    @property
    def name(self):
        """In the language of the page, or English."""
        return self._here("name")

    @property
    def about(self):
        return self._here("about")


class Subscriber(models.Model):
    """A mailbox and a language, no name. The address goes when the last list is left; the row stays for the log."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    bounces = models.PositiveSmallIntegerField(_("mails that came back in a row"), default=0, editable=False)
    bounced_at = models.DateTimeField(
        _("given up at"), null=True, blank=True, editable=False, help_text=_("Mail came back, so none is sent.")
    )
    created_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="subscriber_once_per_address",
                violation_error_message=_("This address is known already; its lists can be changed there."),
            ),
        ]

    def __str__(self):
        return self.email or str(_("address erased"))


class Subscription(models.Model):
    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("subscriber"), on_delete=models.CASCADE, related_name="subscriptions"
    )
    list = models.ForeignKey(
        NewsletterList, verbose_name=_("list"), on_delete=models.PROTECT, related_name="subscriptions"
    )
    state = models.CharField(_("state"), max_length=8, choices=SubscriptionState, default=SubscriptionState.PENDING)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["subscriber", "list"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "list"],
                name="subscription_once_a_list",
                violation_error_message=_("This address is on the list already."),
            ),
            models.CheckConstraint(
                name="subscription_active_once_confirmed",
                condition=~Q(state=SubscriptionState.ACTIVE) | Q(confirmed_at__isnull=False),
                violation_error_message=_("Nobody is on a list before the mail to the address was answered."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["list", "subscriber"],
                condition=Q(state=SubscriptionState.ACTIVE),
                name="subscription_active_by_list",
            )
        ]

    def __str__(self):
        return f"{self.list}: {self.get_state_display()}"


class ConsentEvent(models.Model):
    """One line of the opt-in log; only ever added."""

    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("subscriber"), on_delete=models.CASCADE, related_name="consents"
    )
    list = models.ForeignKey(
        NewsletterList, verbose_name=_("list"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    step = models.CharField(_("step"), max_length=10, choices=ConsentStep)
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("line of the opt-in log")
        verbose_name_plural = _("opt-in log")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["at"], name="consentevent_by_time")]

    def __str__(self):
        return f"{self.get_step_display()}, {self.at:%Y-%m-%d %H:%M}"


class Issue(models.Model):
    list = models.ForeignKey(NewsletterList, verbose_name=_("list"), on_delete=models.PROTECT, related_name="issues")
    slug = models.SlugField(_("address in the archive"), max_length=80, unique=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    to_all_languages = models.BooleanField(
        _("to readers of all languages"),
        default=False,
        help_text=_("Otherwise only to those who chose the language of this issue."),
    )
    subject = models.CharField(_("subject"), max_length=180)
    body = models.TextField(
        _("text"),
        help_text=_(
            "Markdown: ## headings, **bold**, lists, [links](https://…). No pictures: they would tell who reads."
        ),
    )
    state = models.CharField(_("state"), max_length=8, choices=IssueState, default=IssueState.DRAFT, editable=False)
    is_archived = models.BooleanField(_("shown in the public archive once sent"), default=True)
    mailing = models.OneToOneField(
        "outbox.Mailing",
        verbose_name=_("mailing"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    recipients = models.PositiveIntegerField(_("recipients"), null=True, blank=True, editable=False)
    reached = models.BigIntegerField(_("last subscriber a mail was written to"), default=0, editable=False)
    sending_since = models.DateTimeField(_("sending since"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="issue_on_its_way_has_a_mailing",
                condition=Q(state=IssueState.DRAFT) | Q(mailing__isnull=False, sending_since__isnull=False),
                violation_error_message=_("An issue that is being sent keeps the text that was sent."),
            ),
            models.CheckConstraint(
                name="issue_sent_says_when",
                condition=Q(state=IssueState.SENT, sent_at__isnull=False)
                | ~Q(state=IssueState.SENT) & Q(sent_at=None),
                violation_error_message=_("An issue that was sent says when; any other does not."),
            ),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("newsletter:issue", args=[self.slug])


class Delivery(models.Model):
    """One reader of one issue. What became of the mail is the state of its row in the outbox."""

    issue = models.ForeignKey(Issue, verbose_name=_("issue"), on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("subscriber"), on_delete=models.CASCADE, related_name="deliveries"
    )
    mail = models.OneToOneField("outbox.Mail", verbose_name=_("mail"), on_delete=models.PROTECT, related_name="+")
    bounced_at = models.DateTimeField(_("came back at"), null=True, blank=True)
    bounce = models.CharField(_("why it came back"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "subscriber"],
                name="delivery_once_a_reader",
                violation_error_message=_("This reader has a mail of this issue already."),
            ),
            models.CheckConstraint(
                name="delivery_bounce_says_why",
                condition=Q(bounced_at=None) | ~Q(bounce=""),
                violation_error_message=_("A mail that came back says why."),
            ),
        ]

    def __str__(self):
        return f"{self.issue}: {self.subscriber_id}"
