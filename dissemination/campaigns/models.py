"""Global calls, the campaign for the renewal of the mandate, and the organisations that sign them.

"Global call" here is a campaign goal; the global call for written submissions is a call for inputs (WP 2021-2023
paras 18, 19, 38).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dissemination.campaigns.enums import (
    CampaignKind,
    CampaignState,
    Concern,
    Level,
    PrintedMeasure,
    SignatureState,
    Visibility,
)
from dissemination.campaigns.names import organisation_key, similar_key
from dissemination.campaigns.querysets import CampaignQuerySet, SignatureQuerySet
from iesogi.reference.enums import Evidence, RegionalGroup
from iesogi.reference.figures import qualified
from iesogi.reference.models import Figure


class Campaign(models.Model):
    code = models.SlugField(
        _("code"), max_length=60, unique=True, help_text=_("Part of the public address, for example renewal-2028.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=CampaignKind)
    title = models.CharField(_("title in English"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=CampaignState, default=CampaignState.DRAFT)
    takes_signatures = models.BooleanField(
        _("organizations sign here"),
        default=False,
        help_text=_("While the campaign is under way, its public page holds the form to sign."),
    )
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True, help_text=_("Without #, e.g. RenewIESOGI."))
    concern = models.CharField(_("concern"), max_length=20, choices=Concern, blank=True)
    concern_evidence = models.CharField(_("evidence for the concern"), max_length=12, choices=Evidence, blank=True)
    target_year = models.PositiveSmallIntegerField(_("to be reached by"), null=True, blank=True)
    decides_year = models.PositiveSmallIntegerField(
        _("year of the decision"), null=True, blank=True, help_text=_("For a renewal: when the Council decides.")
    )
    printed_date = models.CharField(_("date as printed"), max_length=10, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    anonymised_at = models.DateTimeField(_("signatures anonymised at"), null=True, blank=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["kind", "code"]
        constraints = [
            models.CheckConstraint(
                name="campaign_anonymised_once_closed",
                condition=Q(anonymised_at=None) | Q(state=CampaignState.CLOSED),
                violation_error_message=_("Signatures are anonymised after a campaign has closed, and stay so."),
            ),
            models.CheckConstraint(
                name="campaign_renewal_says_when",
                condition=~Q(kind=CampaignKind.RENEWAL) | Q(decides_year__isnull=False),
                violation_error_message=_("A campaign for renewal names the year in which the Council decides."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("campaigns:detail", args=[self.code])

    @property
    def is_taking_signatures(self):
        return self.state == CampaignState.OPEN and self.takes_signatures

    @property
    def is_renewal_ahead(self):
        """A decision still to come is counted down to; one of the past is not."""
        return self.kind == CampaignKind.RENEWAL and self.state != CampaignState.CLOSED

    @property
    def text(self):
        """Title and statement in the language of the page, else in English, else None; out of what was prefetched."""
        by_language = {text.language: text for text in self.texts.all()}
        return by_language.get((get_language() or "en")[:2]) or by_language.get("en")


class CampaignText(models.Model):
    """What a campaign says in one language. What organisations sign is the statement."""

    campaign = models.ForeignKey(Campaign, verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=400, blank=True, help_text=_("One or two sentences."))
    statement = models.TextField(
        _("statement"),
        blank=True,
        help_text=_("What organizations sign, in Markdown: **bold**, lists, [links](https://…)."),
    )

    class Meta:
        verbose_name = _("text of a campaign")
        verbose_name_plural = _("texts of campaigns")
        ordering = ["campaign", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "language"],
                name="campaigntext_once_a_language",
                violation_error_message=_("The campaign has a text in this language already; change that one."),
            )
        ]

    def __str__(self):
        return self.title


class CampaignFigure(Figure):
    """A figure of a campaign as it was printed. Counted ones are queries and stand beside it (domain.md R21)."""

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="figures"
    )
    measure = models.CharField(_("what is counted"), max_length=14, choices=PrintedMeasure)
    level = models.CharField(_("level"), max_length=13, choices=Level, blank=True)
    region = models.CharField(_("UN regional group"), max_length=20, choices=RegionalGroup, blank=True)
    printed = models.CharField(_("name as printed"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("printed figure of a campaign")
        verbose_name_plural = _("printed figures of campaigns")
        ordering = ["campaign", "measure", "level", "region"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "measure", "level", "region"],
                name="campaignfigure_once_printed",
                violation_error_message=_("This figure of the campaign is recorded already."),
            )
        ]

    def __str__(self):
        return f"{self.campaign}: {self.as_printed}"

    @property
    def as_printed(self):
        return qualified(self.quantity, self.qualifier)


class Signature(models.Model):
    """An organisation that signs. Who signs is kept until some time after the closing; no network address ever is.

    Place is one cell of level and region, decided when the row is written, so that totals are one count and add up.
    """

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), on_delete=models.PROTECT, related_name="signatures"
    )
    organisation = models.CharField(_("organization"), max_length=200)
    level = models.CharField(_("level"), max_length=13, choices=Level)
    country = models.ForeignKey(
        "reference.Country", verbose_name=_("State"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    region = models.CharField(
        _("UN regional group"),
        max_length=20,
        choices=RegionalGroup,
        blank=True,
        help_text=_(
            "Of the State for a national organization; chosen by a regional one; none for an international one."
        ),
    )
    signatory = models.CharField(_("signed by"), max_length=150, blank=True)
    role = models.CharField(_("role of who signs"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    visibility = models.CharField(_("visibility"), max_length=8, choices=Visibility)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    state = models.CharField(_("state"), max_length=10, choices=SignatureState, default=SignatureState.PENDING)
    reason = models.CharField(_("reason"), max_length=300, blank=True, help_text=_("Why it was invalidated."))
    organisation_key = models.CharField(max_length=300, editable=False)
    similar_key = models.CharField(max_length=200, blank=True, editable=False)
    address_key = models.CharField(max_length=64, blank=True, editable=False)
    domain = models.CharField(max_length=254, blank=True, editable=False)
    created_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)
    invalidated_at = models.DateTimeField(_("invalidated at"), null=True, blank=True, editable=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation_key"],
                condition=Q(state=SignatureState.CONFIRMED),
                name="signature_counts_once",
                violation_error_message=_(
                    "An organization of this name and place counts already. Invalidate that signature first, or make "
                    "the name tell the two apart."
                ),
            ),
            models.UniqueConstraint(
                fields=["campaign", "address_key"],
                condition=Q(state=SignatureState.PENDING) & ~Q(address_key=""),
                name="signature_one_pending_per_mailbox",
                violation_error_message=_("A signature of this e-mail address waits to be confirmed already."),
            ),
            models.CheckConstraint(
                name="signature_is_in_one_cell",
                condition=Q(level=Level.INTERNATIONAL, region="")
                | Q(level=Level.REGIONAL) & ~Q(region="")
                | Q(level=Level.NATIONAL, country__isnull=False),
                violation_error_message=_(
                    "A national organization names its State, a regional one its region, an international one none."
                ),
            ),
            models.CheckConstraint(
                name="signature_invalid_says_why",
                condition=~Q(state=SignatureState.INVALID) | ~Q(reason="") & Q(invalidated_at__isnull=False),
                violation_error_message=_("A signature is invalidated with a reason, which is kept."),
            ),
            models.CheckConstraint(
                name="signature_counts_once_confirmed",
                condition=~Q(state__in=[SignatureState.CONFIRMED, SignatureState.REVIEW])
                | Q(confirmed_at__isnull=False),
                violation_error_message=_("A signature counts only after its organization has confirmed it by mail."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["campaign", "level", "region", "country"],
                condition=Q(state=SignatureState.CONFIRMED),
                name="signature_counted_by_cell",
            ),
            models.Index(
                fields=["campaign", "organisation"],
                condition=Q(state=SignatureState.CONFIRMED, visibility=Visibility.LISTED),
                name="signature_listed_by_name",
            ),
            models.Index(fields=["campaign", "similar_key"], name="signature_by_similar_key"),
            models.Index(fields=["campaign", "address_key"], name="signature_by_address_key"),
            models.Index(fields=["campaign", "domain"], name="signature_by_domain"),
            models.Index(fields=["created_at"], condition=Q(state=SignatureState.PENDING), name="signature_pending"),
        ]

    def __str__(self):
        return self.organisation

    def place(self):
        """Put the row into its cell, and give it the keys it is compared by. Called before it is written."""
        if self.level == Level.INTERNATIONAL:
            self.region = ""
        elif self.level == Level.NATIONAL:
            self.region = self.country.regional_group if self.country else ""
        where = self.country.iso3 if self.country else self.region
        self.organisation_key = organisation_key(self.organisation, level=self.level, place=where)
        self.similar_key = similar_key(self.organisation)
