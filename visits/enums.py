from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VisitKind(models.TextChoices):
    COUNTRY = "country", _("Country visit")
    PROMOTIONAL = "promotional", _("Promotional visit")
    ADVISORY = "advisory", _("Advisory visit")


class VisitState(models.TextChoices):
    """Coarse states of a visit; the full procedure of a country visit has more steps (domain.md 5.1)."""

    CANDIDATE = "candidate", _("Candidate")
    PIPELINE = "pipeline", _("In the pipeline")
    REQUESTED = "requested", _("Requested")
    PENDING = "pending", _("Agreed, pending")
    POSTPONED = "postponed", _("Postponed")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def successors(self):
        return NEXT[self]

    @property
    def public_label(self):
        return PUBLIC_LABELS[self]


NEXT = {
    VisitState.CANDIDATE: {VisitState.REQUESTED, VisitState.PENDING, VisitState.CANCELLED},
    VisitState.PIPELINE: {VisitState.PENDING, VisitState.CANCELLED},
    VisitState.REQUESTED: {VisitState.PENDING, VisitState.CANCELLED},
    VisitState.PENDING: {VisitState.DONE, VisitState.POSTPONED, VisitState.CANCELLED},
    VisitState.POSTPONED: {VisitState.PENDING, VisitState.CANCELLED},
    VisitState.DONE: set(),
    VisitState.CANCELLED: {VisitState.REQUESTED, VisitState.PENDING},
}


# Only these states are shown to the public: a request that no State has answered stays between the two (para 23).
PUBLIC_LABELS = {
    VisitState.DONE: pgettext_lazy("one visit", "Carried out"),
    VisitState.PENDING: _("Announced"),
    VisitState.POSTPONED: _("Postponed"),
}
# Leaving the plan needs words that are kept with the visit.
NEEDS_REASON = {VisitState.POSTPONED, VisitState.CANCELLED}


class FollowUp(models.TextChoices):
    """Dialogue with the visited State after the report (WP 2021-2023 para 24)."""

    NONE = "", _("Not recorded")
    EXPECTED = "expected", _("Expected")
    UNDER_WAY = "under_way", _("Under way")
