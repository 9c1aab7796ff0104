"""How a letter becomes public: proposed by the portal, held with a reason, confirmed by a second person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicationState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    HELD = "held", _("Held")
    PUBLISHED = "published", _("Published")

    @property
    def successors(self):
        return NEXT[self]


NEXT = {
    PublicationState.PROPOSED: {PublicationState.HELD, PublicationState.PUBLISHED},
    PublicationState.HELD: {PublicationState.PROPOSED},
    PublicationState.PUBLISHED: set(),
}


class Naming(models.TextChoices):
    """Whom the public version lets the reader recognize (domain.md R4)."""

    NOBODY = "nobody", _("Nobody can be recognized")
    INITIALS = "initials", _("Initials alone")
    AGREED = "agreed", _("Named: each person named agreed to the public report")
