from django.db import models
from django.utils.translation import gettext_lazy as _


class EngagementKind(models.TextChoices):
    """WP 2021-2023 para 41: the four kinds of major speaking engagements."""

    LAUNCH = "launch", _("Official launch")
    GENERAL = "general", _("Work of the mandate in general")
    PRODUCT = "product", _("Specific product of the mandate")
    OTHERS_EVENT = "others_event", _("Event organized by others")


class OutputKind(models.TextChoices):
    """Countable outputs other than speeches (WP 2021-2023 paras 30, 40)."""

    POLICY_STATEMENT = "policy_statement", _("Policy statement")
    PRESS_RELEASE = "press_release", _("Press release")
    SOCIAL_POST = "social_post", _("Social media posting")
    INTERVIEW = "interview", _("Interview")
    PUBLICATION = "publication", _("Publication")
    PUBLIC_STATEMENT = "public_statement", _("Public statement")
    BOOKLET = "booklet", _("Booklet")
    OP_ED = "op_ed", _("Opinion article")


class Continent(models.TextChoices):
    AFRICA = "africa", _("Africa")
    AMERICAS = "americas", _("Americas")
    ASIA = "asia", _("Asia")
    EUROPE = "europe", _("Europe")
    OCEANIA = "oceania", _("Oceania")


class Measure(models.TextChoices):
    """What a printed count counts. Different measures are never added up (WP 2021-2023 para 41)."""

    ENGAGEMENTS = "engagements", _("Engagements")
    ATTENDANCE = "attendance", _("Attendance")
    CONTINENTS = "continents", _("Continents")
    LANGUAGES = "languages", _("Languages")
    ONLINE = "online", _("Held online")


class DraftState(models.TextChoices):
    """Whatever goes outside: a draft until somebody else approved it, out once a person said that it is."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    OUT = "out", _("Out")
    WITHDRAWN = "withdrawn", _("Withdrawn")


NEXT_OF_DRAFT = {
    DraftState.DRAFT: {DraftState.REVIEW, DraftState.WITHDRAWN},
    DraftState.REVIEW: {DraftState.DRAFT, DraftState.APPROVED, DraftState.WITHDRAWN},
    DraftState.APPROVED: {DraftState.DRAFT, DraftState.OUT, DraftState.WITHDRAWN},
    DraftState.OUT: set(),
    DraftState.WITHDRAWN: {DraftState.DRAFT},
}
