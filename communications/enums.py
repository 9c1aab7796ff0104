"""Kinds and states of letters (domain.md 1.5 and 1.8). Drafting and clearance come with sealed cases."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """The printed "urgent action" is an urgent appeal: one kind, the alias kept in the glossary (trap 9)."""

    URGENT_APPEAL = "UA", _("Urgent appeal")
    ALLEGATION_LETTER = "AL", _("Allegation letter")
    OTHER_LETTER = "OL", _("Other letter")


class LetterState(models.TextChoices):
    SENT = "sent", _("Sent, awaiting a reply")
    REPLIED = "replied", _("Reply received")
    FOLLOW_UP = "follow_up", _("In follow-up")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")

    @property
    def successors(self):
        return NEXT[self]


NEXT = {
    LetterState.SENT: {LetterState.REPLIED, LetterState.FOLLOW_UP, LetterState.PUBLISHED},
    LetterState.REPLIED: {LetterState.FOLLOW_UP, LetterState.PUBLISHED},
    LetterState.FOLLOW_UP: {LetterState.REPLIED, LetterState.PUBLISHED},
    # A late reply attaches to the letter it answers, also after publication (R12).
    LetterState.PUBLISHED: {LetterState.REPLIED, LetterState.FOLLOW_UP, LetterState.CLOSED},
    LetterState.CLOSED: {LetterState.REPLIED, LetterState.FOLLOW_UP},  # a late reply or a new development reopens
}


class Role(models.TextChoices):
    LEAD = "lead", _("Lead")
    JOINED = "joined", _("Joined")


class Contribution(models.TextChoices):
    """Impact is never "caused by" the mandate (WP 2021-2023 paras 31, 47)."""

    HARD_TO_DETERMINE = "hard_to_determine", _("Contribution hard to determine")
    CLAIMED = "claimed", _("Contribution claimed by a source")
    CORROBORATED = "corroborated", _("Contribution corroborated")
    CONFIRMED_BY_STATE = "confirmed_by_state", _("Contribution confirmed by the State")
