from django.db import models
from django.utils.translation import gettext_lazy as _


class FirstStepsAnswer(models.TextChoices):
    """What is known of first steps of protection, some days after an urgent appeal (domain.md 1.5)."""

    TAKEN = "taken", _("First steps were taken")
    NONE = "none", _("No steps were taken")
    UNKNOWN = "unknown", _("Nothing could be learnt")


class ReminderState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Dropped")


class Language(models.TextChoices):
    """Languages in which letters to Permanent Missions are written."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
