"""Codes the whole house shares. What is printed as unconfirmed stays editable data, not an enumeration."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Forum(models.TextChoices):
    HRC = "HRC", _("Human Rights Council")
    GA = "GA", _("General Assembly")


class RegionalGroup(models.TextChoices):
    """UN regional groups; the United States belongs to none and is counted with WEOG in elections (domain.md 5.5)."""

    AFRICA = "AFRICA", _("African States")
    ASIA_PACIFIC = "ASIA_PACIFIC", _("Asia-Pacific States")
    EASTERN_EUROPE = "EASTERN_EUROPE", _("Eastern European States")
    GRULAC = "GRULAC", _("Latin American and Caribbean States")
    WEOG = "WEOG", _("Western European and other States")
    WEOG_OBSERVER = "WEOG_OBSERVER", _("Observer in the Western European and other States")


class UNStatus(models.TextChoices):
    MEMBER = "member", _("Member State")
    OBSERVER = "observer", _("Observer State")


class Qualifier(models.TextChoices):
    """How sure a printed figure is; exports and PDFs print it (domain.md R21)."""

    EXACT = "exact", _("exact")
    ABOUT = "about", _("about")
    OVER = "over", _("over")
    ESTIMATED = "estimated", _("estimated")
    COMBINED = "combined", _("combined")


class Evidence(models.TextChoices):
    PRINTED = "printed", _("printed in the source")
    COMPUTED = "computed", _("computed")
    PUBLIC = "public", _("other public page")
    UNCONFIRMED = "unconfirmed", _("unconfirmed")


class FundingSource(models.TextChoices):
    """WP 2021-2023 paras 19, 23, 26, 27."""

    UN_REGULAR_BUDGET = "un_regular_budget", _("UN regular budget")
    GLOBAL_NORTH_ENTITY = "global_north_entity", _("Entity of the Global North")
    RPP_21_23 = "rpp_21_23", _("Research and Promotion Programme 2021-2023")
    INSTITUTIONAL = "institutional", _("Institutional funding")


class PerspectiveKind(models.TextChoices):
    FACTOR = "factor", _("Intersecting factor")
    POPULATION = "population", _("Population")
    FOCUS = "focus", _("Focus of a period")
    ROOT_CAUSE = "root_cause", _("Root-cause dimension")
    TOPIC = "topic", _("Topic")
    PILLAR = "pillar", _("Pillar")
    REALM = "realm", _("Realm of State action")
    DUTY = "duty", _("Duty of States")
    APPROACH = "approach", _("Approach")


class LoadOutcome(models.TextChoices):
    """What became of one row of a data file (`iesogi.reference.loading`)."""

    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    EDITED = "edited", _("edited, kept")


class FrenchOf(models.TextChoices):
    """The article of a French title after “de”. It belongs to the title, and to who holds it, so it is data."""

    MASCULINE = "du", "du"
    FEMININE = "de la", "de la"
    ELIDED = "de l’", "de l’"

    def before(self, title: str) -> str:
        return f"{self.value}{'' if self == FrenchOf.ELIDED else ' '}{title}"
