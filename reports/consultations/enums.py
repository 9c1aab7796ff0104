"""Consultations and expert meetings: what they are, where one stands, whom it reaches (WP 2021-2023 para 19a)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iesogi.reference.enums import RegionalGroup


class Kind(models.TextChoices):
    PUBLIC = "public", _("Public consultation")
    EXPERT = "expert", _("Expert meeting")
    AD_HOC = "ad_hoc", _("Ad hoc mechanism, such as an online survey")


class Setting(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class State(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open to participants")
    HELD = "held", pgettext_lazy("meeting", "Held")
    REPORTED = "reported", _("Reported")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def successors(self):
        return NEXT[self]


NEXT = {
    State.PLANNED: {State.OPEN, State.CANCELLED},
    State.OPEN: {State.HELD, State.PLANNED, State.CANCELLED},
    State.HELD: {State.REPORTED},
    State.REPORTED: set(),
    State.CANCELLED: {State.PLANNED},
}
TOOK_PLACE = {State.HELD, State.REPORTED}
TO_COME = {State.PLANNED, State.OPEN}


class Region(models.TextChoices):
    """The five regional groups, and the region that footnote 3 names in addition."""

    AFRICA = RegionalGroup.AFRICA.value, _("Africa")
    ASIA_PACIFIC = RegionalGroup.ASIA_PACIFIC.value, _("Asia and the Pacific")
    EASTERN_EUROPE = RegionalGroup.EASTERN_EUROPE.value, _("Eastern Europe")
    GRULAC = RegionalGroup.GRULAC.value, _("Latin America and the Caribbean")
    WEOG = RegionalGroup.WEOG.value, _("Western Europe and others")
    MENA = "MENA", _("Middle East and North Africa")


# WP 2021-2023 footnote 3: meetings in regions other than the last group, and in the Middle East and North Africa.
MEETINGS_IN = [region for region in Region if region != Region.WEOG]
