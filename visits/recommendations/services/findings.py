"""A finding on a recommendation: added, never typed over; the status follows from the newest that stands (R24)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines.clock import in_words
from iesogi.deadlines.days import today
from visits.exceptions import StepRefused
from visits.recommendations.enums import Status
from visits.recommendations.models import Assessment, Recommendation
from visits.recommendations.services.locking import in_its_place
from visits.recommendations.services.news import news_came


@transaction.atomic
def assess(recommendation: Recommendation, *, on: date, by: Any, **finding: Any) -> Assessment:
    """Add a finding (`status`, `assessor`, `evidence`, and what else an Assessment holds) of the day `on`.

    A finding of an earlier day than the present one is kept in its place and does not change the status.
    """
    recommendation = in_its_place(recommendation)
    if on > today():
        raise StepRefused(
            _("%(day)s is still to come. An assessment says what was found already.") % {"day": in_words(on)}
        )
    corrected = finding.get("corrects")
    if corrected and corrected.recommendation_id != recommendation.pk:
        raise StepRefused(_("The assessment to be corrected belongs to another recommendation. Choose one of this."))
    assessment = Assessment(recommendation=recommendation, on=on, by=by, **finding)
    assessment.full_clean()
    assessment.save(force_insert=True)
    follow(recommendation)
    news_came(recommendation, by=by)
    audit.record(
        by=by,
        verb="recommendation.assessed",
        target=recommendation,
        label=recommendation.neutral_label,
        status=assessment.status,
        on=on,
    )
    return assessment


def follow(recommendation: Recommendation) -> None:
    """Bring status and latest assessment of a locked row to what its assessments say."""
    latest = recommendation.assessments.standing().first()
    recommendation.latest = latest
    recommendation.status = latest.status if latest else Status.NOT_ASSESSED
    recommendation.save(update_fields=["latest", "status"])
