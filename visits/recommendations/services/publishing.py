"""What the public sees: released one by one, taken back at any time."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from visits.exceptions import StepRefused
from visits.recommendations.models import Recommendation
from visits.recommendations.services.locking import in_its_place, locked


@transaction.atomic
def publish(recommendation: Recommendation, *, by: Any) -> Recommendation:
    """Show it, once its source is public: a letter is not before the report to the Council that lists it (R1)."""
    recommendation = in_its_place(recommendation)
    if recommendation.source_public_on is None or recommendation.source_public_on > today():
        raise StepRefused(
            _("The source of this recommendation is not public yet, so it cannot be shown. "
              "Enter since when the source is public, or keep the recommendation inside.")
        )  # fmt: skip
    return _show(recommendation, True, by=by, verb="recommendation.published")


@transaction.atomic
def withdraw(recommendation: Recommendation, *, by: Any) -> Recommendation:
    return _show(locked(recommendation), False, by=by, verb="recommendation.withdrawn")


def _show(recommendation: Recommendation, shown: bool, *, by: Any, verb: str) -> Recommendation:
    recommendation.is_public = shown
    recommendation.save(update_fields=["is_public"])
    audit.record(by=by, verb=verb, target=recommendation, label=recommendation.neutral_label)
    return recommendation
