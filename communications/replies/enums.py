"""Words for what came back (domain.md 1.11). The labels of the sources are unconfirmed; these are the portal's own."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReplyClass(models.TextChoices):
    SUBSTANTIVE = "substantive", _("Substantive reply")
    PARTIAL = "partial", _("Partial reply")
    REJECTED = "rejected", _("Allegations rejected")
    ACKNOWLEDGEMENT = "acknowledgement_only", _("Acknowledgement only")


# Of several replies to one letter, the one that says most stands for all.
FULLEST_FIRST = list(ReplyClass)


class Translation(models.TextChoices):
    NOT_NEEDED = "not_needed", _("No translation needed")
    PENDING = "pending", _("Translation pending")
    DONE = "done", _("Translated")


class Channel(models.TextChoices):
    """How it reached the desk; no State has an account here (domain.md R27)."""

    NOTE_VERBALE = "note_verbale", _("Note verbale")
    EMAIL = "email", _("Email of the Permanent Mission")
    BY_HAND = "by_hand", _("By hand")
    FORWARDED = "forwarded", _("Forwarded by another mandate")
    OTHER = "other", _("Other")


class Language(models.TextChoices):
    """Official languages of the United Nations, or another one, which always needs a translation."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    ARABIC = "ar", _("Arabic")
    CHINESE = "zh", _("Chinese")
    RUSSIAN = "ru", _("Russian")
    OTHER = "other", _("Another language")
