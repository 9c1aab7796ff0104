"""Roles of the mandate's people and who pays them (WP 2021-2023 paras 19, 27, 50)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """One Django group each; `sync_roles` writes them to the database."""

    MANDATE_HOLDER = "mandate-holder", _("Mandate holder")
    DESK_OFFICER = "desk-officer", _("Desk officer")
    SENIOR_ADVISOR = "senior-advisor", _("Senior advisor")
    RESEARCH_ASSISTANT = "research-assistant", _("Research assistant")
    DISSEMINATION_CONSULTANT = "dissemination-consultant", _("Dissemination consultant")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")


class PaidBy(models.TextChoices):
    """Who administers the money a person is paid from; it decides on access to communications (R13)."""

    OHCHR = "ohchr", _("Resources administered by OHCHR")
    OUTSIDE = "outside", _("Resources from outside OHCHR")
