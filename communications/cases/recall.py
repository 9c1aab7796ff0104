"""Consent was narrowed: what is not out yet reads the columns anew; for what may be out already, a task (R5).

Letters, reports and posts ask the readable columns before they go out, so nothing unpublished has to be found here.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from communications.cases.consent import is_narrower
from communications.cases.enums import CaseState
from communications.cases.models import Case
from communications.cases.retention import address_of
from iesogi.accounts.models import User
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.models import Deadline

# Its own label stands for a title, so that no mail, calendar or list tells that somebody took back a consent.
KIND = "confidential-task"
WITHIN = timedelta(days=3)
MONDAY = 0
# From here on something may have left the house.
MAY_BE_OUT = {CaseState.TAKEN_UP, CaseState.CLOSED}


@transaction.atomic
def changed(case: Case, columns: dict[str, bool], *, on: date, by: User | None = None) -> Deadline | None:
    """Say in the row what consent allows now (as `consent.columns` gives it), and open the task if one is due (R5).

    Give it the row under a lock. `on` is the day in Geneva. One open task speaks for every narrowing of a case.
    """
    narrowed = case.consent_narrowed or is_narrower(case, columns)
    for name, value in columns.items():
        setattr(case, name, value)
    case.consent_narrowed = False
    if narrowed and case.state in MAY_BE_OUT and not has_open_task(case):
        case.consent_task = _task(case, on=on, by=by)
    case.save(update_fields=[*columns, "consent_narrowed", "consent_task"])
    return case.consent_task if has_open_task(case) else None


def has_open_task(case: Case) -> bool:
    return bool(case.consent_task and case.consent_task.is_open)


def _task(case: Case, *, on: date, by: User | None) -> Deadline:
    with translation.override(settings.LANGUAGE_CODE):
        return deadlines.open_on(
            KIND,
            title="",
            due_on=on + WITHIN,
            explanation=_("Three days from the day on which it was opened."),
            owner=case.assigned_to,
            subject_label=_("A record to be looked at again"),
            subject_url=address_of(case),
            by=by,
        )


def night(*, on: date) -> int:
    """How many tasks were opened for what sources closed and nobody has read since.

    Once in the night before each Monday's work: other hours would tell when they wrote. Whoever opens such a case
    earlier opens its task as well.
    """
    if on.weekday() != MONDAY:
        return 0
    return sum(_opened_for(pk, on=on) for pk in Case.objects.with_narrowed_consent().values_list("pk", flat=True))


@transaction.atomic
def _opened_for(pk, *, on: date) -> bool:
    case = Case.objects.select_for_update(of=("self",)).get(pk=pk)
    return changed(case, {}, on=on) is not None
