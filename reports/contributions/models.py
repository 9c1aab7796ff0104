"""A contribution to a call. All of it is sealed; in clear stands only what its sender lets the public read.

Rows of confidential ones carry no clock and no name; their week, category, State and language stay readable, because
figures need them, and the form says so (R19, R25).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.calls.enums import Category
from reports.contributions.enums import Came, ContributionLanguage, Publication, State, Timing, WhyLate, WhyNotRelevant
from reports.contributions.querysets import ContributionQuerySet


class Contribution(models.Model):
    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ref = models.CharField(_("reference"), max_length=12, unique=True)
    call = models.ForeignKey(
        "reports.Call", verbose_name=_("call"), on_delete=models.PROTECT, related_name="contributions"
    )
    week = models.DateField(_("week"), help_text=_("Monday of the week in which it came."))
    category = models.CharField(_("category"), max_length=20, choices=Category)
    country = models.ForeignKey(
        "reference.Country",
        verbose_name=_("State"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    language = models.CharField(
        _("language"), max_length=5, choices=ContributionLanguage, default=ContributionLanguage.EN
    )
    publication = models.CharField(
        _("publication"), max_length=20, choices=Publication, default=Publication.CONFIDENTIAL
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.RECEIVED)
    timing = models.CharField(_("timing"), max_length=10, choices=Timing, default=Timing.IN_TIME)
    came = models.CharField(_("came by"), max_length=10, choices=Came, default=Came.FORM)
    late_link = models.ForeignKey(
        "reports.LateLink",
        verbose_name=_("late link"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    late_reason = models.CharField(_("why it was taken late"), max_length=12, choices=WhyLate, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who of the team judges it."),
    )
    tags = models.ManyToManyField("reports.Tag", verbose_name=_("tags"), blank=True, related_name="contributions")
    reason = models.CharField(_("why it is not relevant"), max_length=12, choices=WhyNotRelevant, blank=True)
    has_news = models.BooleanField(_("news from the sender"), default=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    # In clear only as far as the sender lets the public read it.
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=300, blank=True)
    cosigners = models.TextField(_("co-signers"), blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    mail_language = models.CharField(_("language of mails"), max_length=5, choices=settings.LANGUAGES, default="en")
    content = models.OneToOneField(
        "vault.Compartment", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-week", "ref"]
        constraints = [
            models.CheckConstraint(
                name="contribution_week_begins_on_a_monday",
                condition=Q(week__iso_week_day=1),
                violation_error_message=_("The week of a contribution is given by its Monday."),
            ),
            models.CheckConstraint(
                name="contribution_confidential_is_nowhere_in_clear",
                condition=~Q(publication=Publication.CONFIDENTIAL)
                | Q(name="", cosigners="", email="", received_at=None, published_at=None),
                violation_error_message=_("A confidential contribution has no name, address, time or page in clear."),
            ),
            models.CheckConstraint(
                name="contribution_name_only_where_it_may_be_public",
                condition=Q(publication=Publication.PUBLIC) | Q(name="", cosigners=""),
                violation_error_message=_("A name stands in clear only where its bearer lets it be published."),
            ),
            models.CheckConstraint(
                name="contribution_published_is_accepted",
                condition=Q(published_at=None) | Q(state=State.ACCEPTED),
                violation_error_message=_("Only an accepted contribution is published."),
            ),
            models.CheckConstraint(
                name="contribution_not_relevant_says_why",
                condition=Q(state=State.NOT_RELEVANT) & ~Q(reason="") | ~Q(state=State.NOT_RELEVANT) & Q(reason=""),
                violation_error_message=_("Say why the contribution is not relevant; no other one has such a reason."),
            ),
            models.CheckConstraint(
                name="contribution_words_are_known",
                condition=Q(
                    state__in=sorted(State.values),
                    publication__in=sorted(Publication.values),
                    category__in=sorted(Category.values),
                    timing__in=sorted(Timing.values),
                ),
                violation_error_message=_("State, publication, category or timing of this contribution is not known."),
            ),
            models.CheckConstraint(
                name="contribution_late_says_what_let_it_in",
                condition=Q(timing=Timing.LATE, late_link__isnull=False, late_reason="")
                | Q(timing=Timing.LATE, late_link=None) & ~Q(late_reason="")
                | ~Q(timing=Timing.LATE) & Q(late_link=None, late_reason=""),
                violation_error_message=_(
                    "A late contribution names the link that let it in, or why staff took it; no other one does."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state", "week"], name="contribution_by_call_and_state"),
            models.Index(fields=["call", "category"], name="contribution_by_category"),
            models.Index(fields=["call", "-week", "ref"], name="contribution_list_of_a_call"),
        ]

    def __str__(self):
        return self.ref

    @property
    def is_confidential(self):
        return self.publication == Publication.CONFIDENTIAL


class UnfinishedContribution(models.Model):
    """Says which call it is for, and no more: for a bare count, and to erase it after closing. No clock, no name."""

    sealed = models.OneToOneField("vault.Unfinished", primary_key=True, on_delete=models.CASCADE, related_name="+")
    call = models.ForeignKey(
        "reports.Call", verbose_name=_("call"), on_delete=models.PROTECT, related_name="unfinished"
    )

    class Meta:
        verbose_name = _("unfinished contribution")
        verbose_name_plural = _("unfinished contributions")

    def __str__(self):
        return str(self.pk)


class Answer(models.Model):
    """One answer that may be published; the whole contribution lies sealed beside it."""

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(
        "reports.Question", verbose_name=_("question"), on_delete=models.PROTECT, related_name="answers"
    )
    text = models.TextField(_("answer"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "question"],
                name="answer_once_a_question",
                violation_error_message=_("This question is answered already."),
            )
        ]

    def __str__(self):
        return self.text[:80]


class ContributionFile(models.Model):
    """A file that came along; name, type and size are sealed."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="files"
    )
    outcome = models.CharField(_("outcome"), max_length=14)
    about = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.SET_NULL, related_name="+")
    cleaned = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.SET_NULL, related_name="+")
    original = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("file of a contribution")
        verbose_name_plural = _("files of contributions")

    def __str__(self):
        return str(self.uuid)


class PublishedFile(models.Model):
    """A cleaned copy in clear, because the contribution is published and somebody of the team released it."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="published_files"
    )
    source = models.OneToOneField(
        ContributionFile, verbose_name=_("file"), on_delete=models.CASCADE, related_name="published"
    )
    name = models.CharField(_("name"), max_length=200)
    stored = models.CharField(_("stored as"), max_length=100, unique=True)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("published file")
        verbose_name_plural = _("published files")

    def __str__(self):
        return self.name


class Quote(models.Model):
    """Words of a contribution for those who draft, with where they come from."""

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="quotes"
    )
    question = models.ForeignKey(
        "reports.Question",
        verbose_name=_("question"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(_("words"), max_length=3000)
    used_in = models.CharField(
        _("for which part of the report"), max_length=200, blank=True, help_text=_("For example: paragraph 34.")
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(_("taken at"), auto_now_add=True)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["contribution__call", "-taken_at"]
        constraints = [
            models.CheckConstraint(
                name="quote_has_words",
                condition=~Q(text=""),
                violation_error_message=_("Choose the words that are quoted."),
            )
        ]

    def __str__(self):
        return self.text[:80]
