from django.db import models
from django.utils.translation import gettext_lazy as _


class PeopleShown(models.TextChoices):
    """Do no harm: nobody is shown without having agreed (WP 2021-2023 paras 7, 22)."""

    NOT_CHECKED = "", _("Not checked yet")
    NOBODY = "nobody", _("Nobody can be recognized")
    AGREED = "agreed", _("Everybody who can be recognized has agreed")


class Shape(models.TextChoices):
    """Name, and the pixels that networks show without cutting."""

    SQUARE = "square", _("Square, 1080 × 1080")
    WIDE = "wide", _("Wide, 1200 × 630")
    COVER = "cover", _("Cover, 1240 × 1754")

    @property
    def pixels(self):
        return PIXELS[self]


PIXELS = {Shape.SQUARE: (1080, 1080), Shape.WIDE: (1200, 630), Shape.COVER: (1240, 1754)}


class BookletState(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    MADE = "made", _("Made, waiting for approval")
    PUBLISHED = "published", _("Published")


NEXT_OF_BOOKLET = {
    BookletState.REQUESTED: {BookletState.MADE},
    BookletState.MADE: {BookletState.MADE, BookletState.PUBLISHED},
    BookletState.PUBLISHED: set(),
}
