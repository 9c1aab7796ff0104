"""A request waits for the State's answer; a deadline says when it is to be renewed."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from iesogi.deadlines import services as deadlines
from iesogi.deadlines.clock import Rule
from visits.enums import VisitState
from visits.models import Visit


def after_step(visit: Visit, to: VisitState, *, on: date, by: Any) -> None:
    """A request waits for an answer; any other state ends the waiting."""
    if to == VisitState.REQUESTED:
        wait_for_answer(visit, on=on, by=by)
    else:
        end_waiting(visit, on=on, by=by)


def wait_for_answer(visit: Visit, *, on: date, by: Any) -> None:
    """Open the deadline on which the request is to be renewed; the State is named to staff only."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Renew the request: %(visit)s") % {"visit": visit}
    visit.request_deadline = deadlines.open_deadline(
        "visit-request",
        title=title[:200],
        rule=Rule("days", settings.VISIT_REQUEST_DAYS, roll="next"),
        start_on=on,
        subject_label=str(visit)[:200],
        subject_url=reverse("admin:visits_visit_change", args=[visit.pk]),
        closing_step=gettext_noop("It is done once the visit takes its next step, on the page of the visit."),
        by=by,
    )
    visit.save(update_fields=["request_deadline"])


def end_waiting(visit: Visit, *, on: date, by: Any) -> None:
    if visit.request_deadline_id and visit.request_deadline.is_open:
        deadlines.complete(visit.request_deadline, by=by, on=on, at_subject=True)
