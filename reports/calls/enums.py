"""Calls for inputs: where one stands, what it asks, and who may answer (domain.md 3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallState(models.TextChoices):
    """What staff decided. Whether a published call takes contributions is told by the clock (R19)."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")

    @property
    def successors(self):
        return NEXT[self]


NEXT = {
    CallState.DRAFT: {CallState.PUBLISHED},
    CallState.PUBLISHED: {CallState.CLOSED, CallState.DRAFT},
    CallState.CLOSED: {CallState.PUBLISHED},
}


class Standing(models.TextChoices):
    """What the clock says of a call at one moment."""

    DRAFT = "draft", _("Draft")
    UPCOMING = "upcoming", _("Opens later")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class QuestionKind(models.TextChoices):
    TEXT = "text", _("Short text")
    LONG = "long", _("Long text")
    CHOICE = "choice", _("Choice")
    FILE = "file", _("File")


class Category(models.TextChoices):
    """Stakeholders as reports count them (domain.md 3; WP 2021-2023 para 39)."""

    MEMBER_STATE = "member_state", _("Member State")
    NHRI = "nhri", _("National human rights institution")
    UN_ENTITY = "un_entity", _("United Nations entity")
    REGIONAL_ORG = "regional_org", _("Regional organization")
    CSO = "cso", _("Civil society organization")
    ACADEMIA = "academia", _("Academia")
    MEDICAL = "medical", _("Medical practitioner or association")
    FAITH_BASED = "faith_based", _("Faith-based organization")
    PARLIAMENTARIAN = "parliamentarian", _("Parliamentarian")
    BUSINESS = "business", _("Business")
    INDIVIDUAL = "individual", _("Individual")
    OTHER = "other", _("Other")

    @property
    def part(self):
        return Part.STATES if self in STATES else Part.OTHERS


class Part(models.TextChoices):
    """The split in two that reports print."""

    STATES = "states_and_nhris", _("States, including national human rights institutions")
    OTHERS = "others", _("All others")
    ALL = "all", _("All contributions")


STATES = {Category.MEMBER_STATE, Category.NHRI}
CALL_LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish"))]
