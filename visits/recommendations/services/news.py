"""News of a recommendation is asked for in a rhythm; the dates and reminders are deadlines like all others."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from iesogi.audit import services as audit
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.clock import Rule
from iesogi.deadlines.days import today
from iesogi.deadlines.models import Deadline
from visits.recommendations.enums import Rhythm
from visits.recommendations.models import Recommendation
from visits.recommendations.services.locking import locked

KIND, SECRET_KIND = "recommendation-update", "confidential-task"


@transaction.atomic
def ask_for_news(
    recommendation: Recommendation, *, rhythm: int, by: Any, first_on: date | None = None
) -> Recommendation:
    """Every so many months, or never; `first_on` sets the first date by hand. What was asked before is called off."""
    recommendation, rhythm = locked(recommendation), Rhythm(int(rhythm))
    if recommendation.review and recommendation.review.is_open:
        deadlines.cancel(recommendation.review, reason=_("News is asked for in another rhythm."), by=by)
    recommendation.rhythm = rhythm
    recommendation.review = _next(recommendation, by=by, first_on=first_on) if rhythm else None
    recommendation.save(update_fields=["rhythm", "review"])
    label = recommendation.neutral_label
    audit.record(by=by, verb="recommendation.news", target=recommendation, label=label, months=rhythm.value)
    return recommendation


def news_came(recommendation: Recommendation, *, by: Any) -> None:
    """Of a locked row: the date that was waited for is done, and the next one opens."""
    if recommendation.review and recommendation.review.is_open:
        deadlines.complete(recommendation.review, by=by, at_subject=True)
    if recommendation.rhythm:
        recommendation.review = _next(recommendation, by=by)
        recommendation.save(update_fields=["review"])


def _next(recommendation: Recommendation, *, by: Any, first_on: date | None = None) -> Deadline:
    with translation.override(settings.LANGUAGE_CODE):
        title = _("News of recommendation %(number)d") % {"number": recommendation.pk}
        because = _("Set by hand as the first date.")
    about = {
        "title": title,
        "subject_label": recommendation.neutral_label[:200],
        "subject_url": reverse("admin:visits_recommendation_change", args=[recommendation.pk]),
        "closing_step": gettext_noop("It is done once news is recorded on the page of the recommendation."),
        "owner": by,
        "by": by,
    }
    kind = SECRET_KIND if recommendation.is_secret else KIND
    if first_on:
        return deadlines.open_on(kind, due_on=first_on, explanation=because, **about)
    return deadlines.open_deadline(kind, rule=Rule("months", recommendation.rhythm), start_on=today(), **about)
