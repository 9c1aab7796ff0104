"""What becomes of a contribution, and what its sender agreed to (domain.md 3, R19)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Publication(models.TextChoices):
    """Chosen by the sender; confidential until somebody chooses."""

    PUBLIC = "public", _("It may be published with my name")
    NAMELESS = "public_without_name", _("It may be published without my name")
    CONFIDENTIAL = "confidential", _("It is confidential: only the team reads it")

    @property
    def short(self):
        return SHORT[self]


SHORT = {
    Publication.PUBLIC: _("Public"),
    Publication.NAMELESS: _("Public, without name"),
    Publication.CONFIDENTIAL: _("Confidential"),
}


class State(models.TextChoices):
    RECEIVED = "received", _("Received")
    MORE_INFO = "more_info", _("More information asked for")
    ACCEPTED = "accepted", _("Accepted")
    NOT_RELEVANT = "not_relevant", _("Not relevant")
    WITHDRAWN = "withdrawn", _("Withdrawn by its sender")

    @property
    def successors(self):
        return NEXT[self]

    @property
    def public_label(self):
        """For its sender."""
        return PUBLIC_LABELS[self]


NEXT = {
    State.RECEIVED: {State.ACCEPTED, State.MORE_INFO, State.NOT_RELEVANT, State.WITHDRAWN},
    State.MORE_INFO: {State.ACCEPTED, State.NOT_RELEVANT, State.WITHDRAWN},
    State.ACCEPTED: {State.MORE_INFO, State.NOT_RELEVANT, State.WITHDRAWN},
    State.NOT_RELEVANT: {State.ACCEPTED, State.MORE_INFO, State.WITHDRAWN},
    State.WITHDRAWN: set(),
}
PUBLIC_LABELS = {
    State.RECEIVED: _("Your contribution has arrived. The team has not looked at it yet."),
    State.MORE_INFO: _("The team has a question to you. It stands below."),
    State.ACCEPTED: _("The team takes your contribution into account."),
    State.NOT_RELEVANT: _("The team has read your contribution. It does not answer the questions of this call."),
    State.WITHDRAWN: _("You have withdrawn this contribution. Nothing of it is used."),
}


class Timing(models.TextChoices):
    IN_TIME = "in_time", _("In time")
    GRACE = "grace", _("Begun in time, sent just after closing")
    LATE = "late", _("Late")


class Came(models.TextChoices):
    FORM = "form", _("Form")
    WORD = "word", _("Word form")
    MAIL = "mail", _("Mail, entered by staff")
    PAPER = "paper", _("Paper, entered by staff")
    OTHER = "other", _("Another way, entered by staff")


class WhyLate(models.TextChoices):
    """Why staff took what came after closing. A list, because words could say in clear what is sealed."""

    POST = "post", _("It was sent in time and the post was late")
    AGREED = "agreed", _("More time was agreed")
    TECHNICAL = "technical", _("The form could not be used")
    ACCESS = "access", _("It needed translation, or another form of access")


class WhyNotRelevant(models.TextChoices):
    OFF_TOPIC = "off_topic", _("It does not answer the questions")
    COMPLAINT = "complaint", _("It is an individual complaint, told of the way for those")
    REPEAT = "repeat", _("It came twice")
    ABUSE = "abuse", _("It is abusive, or advertising")


class ContributionLanguage(models.TextChoices):
    EN = "en", _("English")
    FR = "fr", _("French")
    ES = "es", _("Spanish")
    AR = "ar", _("Arabic")
    RU = "ru", _("Russian")
    ZH = "zh", _("Chinese")
    OTHER = "other", _("Another language")
