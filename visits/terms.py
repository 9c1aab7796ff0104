"""The terms of reference of a country visit, point by point (2016 version; domain.md 5.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.TextChoices):
    """What a Government guarantees before a visit; each point is accepted by itself."""

    MOVEMENT = "movement", _("Freedom of movement in the whole country")
    INQUIRY = "inquiry", _("Freedom of inquiry with all branches and levels of the State")
    CONTACT = "contact", _("Confidential and unsupervised contact with civil society, media and witnesses")
    DETENTION = "detention", _("Access to all places of detention")
    DOCUMENTS = "documents", _("Access to all relevant documents")
    REPRISALS = "reprisals", _("Nobody who met the mandate suffers threats or punishment")
    SECURITY = "security", _("Security that does not limit any of these freedoms")


class Answer(models.TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused or limited")
