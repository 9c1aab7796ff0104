from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignKind(models.TextChoices):
    GLOBAL_CALL = "global_call", _("Global call")
    RENEWAL = "renewal", _("Renewal of the mandate")


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Under way")
    CLOSED = "closed", _("Closed")

    @property
    def successors(self):
        return CAMPAIGN_NEXT[self]


CAMPAIGN_NEXT = {
    CampaignState.DRAFT: {CampaignState.ANNOUNCED, CampaignState.OPEN},
    CampaignState.ANNOUNCED: {CampaignState.DRAFT, CampaignState.OPEN},
    CampaignState.OPEN: {CampaignState.CLOSED},
    CampaignState.CLOSED: {CampaignState.OPEN},  # until its signatures are anonymised
}
PUBLIC_STATES = (CampaignState.ANNOUNCED, CampaignState.OPEN, CampaignState.CLOSED)


class Concern(models.TextChoices):
    """WP 2021-2023 paras 18, 38: which side of the mandate a call speaks of; empty where nothing is printed."""

    SEXUAL_ORIENTATION = "sexual_orientation", _("Sexual orientation")
    GENDER_IDENTITY = "gender_identity", _("Gender identity")


class Level(models.TextChoices):
    """Where an organisation works (WP 2021-2023 para 33)."""

    INTERNATIONAL = "international", _("International")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")


class Visibility(models.TextChoices):
    LISTED = "listed", _("The organization is listed on the public page")
    COUNTED = "counted", _("The organization is counted and never listed")


class SignatureState(models.TextChoices):
    """Only confirmed signatures count. REVIEW is confirmed by mail too, but looks like one that counts already."""

    PENDING = "pending", _("Not confirmed yet")
    CONFIRMED = "confirmed", _("Confirmed")
    REVIEW = "review", _("Confirmed, looks like another one")
    INVALID = "invalid", _("Invalidated")

    @property
    def successors(self):
        return SIGNATURE_NEXT[self]


SIGNATURE_NEXT = {
    SignatureState.PENDING: {SignatureState.CONFIRMED, SignatureState.REVIEW, SignatureState.INVALID},
    SignatureState.CONFIRMED: {SignatureState.INVALID},
    SignatureState.REVIEW: {SignatureState.CONFIRMED, SignatureState.INVALID},
    SignatureState.INVALID: {SignatureState.CONFIRMED},
}


class PrintedMeasure(models.TextChoices):
    ORGANISATIONS = "organisations", _("Organizations")
    STATES = "states", _("States")
