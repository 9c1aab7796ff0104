"""Kinds and stages of letters, and which step leads where (domain.md 1.5 and 1.8; docs/adr/0008)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """The printed "urgent action" is an urgent appeal: one kind, the alias kept in the glossary (trap 9)."""

    URGENT_APPEAL = "UA", _("Urgent appeal")
    ALLEGATION_LETTER = "AL", _("Allegation letter")
    OTHER_LETTER = "OL", _("Other letter")


class LetterState(models.TextChoices):
    """Sent and awaiting a reply are one stage: nothing happens between them (docs/adr/0008)."""

    DRAFT = "draft", _("In draft")
    CLEARANCE = "clearance", _("With co-signing mandates for clearance")
    APPROVAL = "approval", _("Waiting for approval and sending")
    WITHDRAWN = "withdrawn", _("Withdrawn before sending")
    SENT = "sent", _("Sent, awaiting a reply")
    REPLIED = "replied", _("Reply received")
    FOLLOW_UP = "follow_up", _("In follow-up")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")

    @property
    def successors(self):
        return NEXT[self]


# Not in the register yet: no reference, no day of sending, no clock.
UNSENT = {LetterState.DRAFT, LetterState.CLEARANCE, LetterState.APPROVAL, LetterState.WITHDRAWN}
NEXT = {
    # A letter that nobody signs with us goes to approval at once.
    LetterState.DRAFT: {LetterState.CLEARANCE, LetterState.APPROVAL, LetterState.WITHDRAWN},
    LetterState.CLEARANCE: {LetterState.DRAFT, LetterState.APPROVAL, LetterState.WITHDRAWN},
    LetterState.APPROVAL: {LetterState.DRAFT, LetterState.SENT, LetterState.WITHDRAWN},
    LetterState.WITHDRAWN: {LetterState.DRAFT},
    LetterState.SENT: {LetterState.REPLIED, LetterState.FOLLOW_UP, LetterState.PUBLISHED},
    LetterState.REPLIED: {LetterState.FOLLOW_UP, LetterState.PUBLISHED},
    LetterState.FOLLOW_UP: {LetterState.REPLIED, LetterState.PUBLISHED},
    # A late reply attaches to the letter it answers, also after publication (R12).
    LetterState.PUBLISHED: {LetterState.REPLIED, LetterState.FOLLOW_UP, LetterState.CLOSED},
    LetterState.CLOSED: {LetterState.REPLIED, LetterState.FOLLOW_UP},  # a late reply or a new development reopens
}


# Where a person would ask "why?": going back, giving up, closing (domain.md 1.8).
WITH_REASON = {LetterState.DRAFT, LetterState.WITHDRAWN, LetterState.CLOSED}


class Role(models.TextChoices):
    LEAD = "lead", _("Lead")
    JOINED = "joined", _("Joined")


class Contribution(models.TextChoices):
    """Impact is never "caused by" the mandate (WP 2021-2023 paras 31, 47)."""

    HARD_TO_DETERMINE = "hard_to_determine", _("Contribution hard to determine")
    CLAIMED = "claimed", _("Contribution claimed by a source")
    CORROBORATED = "corroborated", _("Contribution corroborated")
    CONFIRMED_BY_STATE = "confirmed_by_state", _("Contribution confirmed by the State")


class Clearance(models.TextChoices):
    """What a co-signing mandate says of the text; a new version has to be asked for anew."""

    NOT_ASKED = "not_asked", _("Not asked yet")
    ASKED = "asked", _("Asked")
    CLEARED = "cleared", _("Cleared")
    OBJECTED = "objected", _("Objected")


class NamingBasis(models.TextChoices):
    """What a letter that names alleged victims relied on when it went out; it stays as it was (R4)."""

    CONSENT = "consent", _("Everybody it names agreed")
    OVERRIDE = "override", _("Decided by two persons, with a reason")


class Language(models.TextChoices):
    """Languages that letters are written in."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
