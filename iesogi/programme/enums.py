from django.db import models
from django.utils.translation import gettext_lazy as _


class Period(models.TextChoices):
    YEAR = "year", _("a year")
    MONTH = "month", _("a month")

    @property
    def times_a_year(self):
        return 12 if self is Period.MONTH else 1


class Exhibit(models.TextChoices):
    """Lists and tables that page and PDF draw from the database after a paragraph."""

    THEMES_DONE = "themes_done", _("Themes done")
    THEMES_PLANNED = "themes_planned", _("Themes planned")
    RESEARCH_STAGES = "research_stages", _("Stages of research")
    COUNTRY_VISITS_DONE = "country_visits_done", _("Country visits carried out")
    VISIT_CANDIDATES = "visit_candidates", _("Candidates for country visits")
    PROMOTIONAL_PIPELINE = "promotional_pipeline", _("Promotional visits in the pipeline")
    PROMOTIONAL_SPLIT = "promotional_split", _("Funding of promotional visits")
    PRODUCTS = "products", _("Products")
    RENEWAL_BY_LEVEL = "renewal_by_level", _("Organizations by level")
    RENEWAL_BY_REGION = "renewal_by_region", _("National organizations by region")
    ENGAGEMENTS_BY_KIND = "engagements_by_kind", _("Speaking engagements by kind")
    PANDEMIC_PROCESS = "pandemic_process", _("Process on the pandemic")


class ResourceKind(models.TextChoices):
    STAFF = "staff", _("Staff")
    CONSULTANCY = "consultancy", _("Consultancy")
    TRAVEL = "travel", _("Travel")
    CONTRIBUTION = "contribution", _("Contribution")


class Activity(models.TextChoices):
    """What the funding rules speak of (WP 2021-2023 paras 19, 23, 26, 27)."""

    COUNTRY_VISIT = "country_visit", _("Country visits")
    COMMUNICATION = "communication", _("Work on communications")
    PROMOTIONAL_VISIT = "promotional_visit", _("Promotional visits")
    PUBLIC_CONSULTATION = "public_consultation", _("Public consultations")
    REPORT_DRAFTING = "report_drafting", _("Drafting of reports")
