"""When each line of a checklist is due, and why: counted from a day of the visit, held against what stands already."""

from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iesogi.deadlines.clock import Holidays, in_words, is_working, short
from iesogi.deadlines.services import holidays_of
from visits.enums import Anchor, ReportStage, StepKind
from visits.models import ChecklistItem, ChecklistStep, Visit

ONE_DAY = timedelta(days=1)


class Line(NamedTuple):
    step: ChecklistStep
    due_on: date
    explanation: str
    item: ChecklistItem | None


def plan(visit: Visit) -> list[Line]:
    """Every line of the kind of visit whose day is known; lines of the report wait until it is issued."""
    known, holidays = anchors(visit), holidays_of("geneva")
    standing = {item.step_id: item for item in visit.checklist.select_related("deadline")}
    steps = [step for step in ChecklistStep.objects.all() if step.is_for(visit) and known.get(step.anchor)]
    with translation.override(settings.LANGUAGE_CODE):  # stored with the deadline, so in the language of the source
        return [Line(step, *land(step, known[step.anchor], holidays), standing.get(step.pk)) for step in steps]


def anchors(visit: Visit) -> dict[str, date | None]:
    dialogue = visit.steps.filter(kind=StepKind.REPORT, code=ReportStage.PRESENTED).last()
    return {
        Anchor.START: visit.starts_on,
        Anchor.END: visit.ends_on or visit.starts_on,
        Anchor.ISSUE: visit.report_issued_on,
        Anchor.DIALOGUE: dialogue.on if dialogue else None,
    }


def land(step: ChecklistStep, anchor: date, holidays: Holidays) -> tuple[date, str]:
    """A working day: before the anchor never later than counted, after it never earlier; with the words for it."""
    counted = day = anchor + timedelta(days=step.days)
    while step.days and not is_working(day, holidays):
        day += -ONE_DAY if step.days < 0 else ONE_DAY
    sentences = [_counted(step, anchor, counted)]
    if day != counted:
        sentences.append(_("That is no working day in Geneva, so it is due on %(day)s.") % {"day": in_words(day)})
    return day, " ".join(sentences)


def _counted(step: ChecklistStep, anchor: date, counted: date) -> str:
    words = {
        "number": abs(step.days),
        "anchor": Anchor(step.anchor).label,
        "on": short(anchor),
        "day": in_words(counted),
    }
    if step.days == 0:
        return _("On the %(anchor)s: %(day)s.") % words
    if step.days < 0:
        sentence = ngettext(
            "%(number)d day before the %(anchor)s, %(on)s, is %(day)s.",
            "%(number)d days before the %(anchor)s, %(on)s, is %(day)s.",
            -step.days,
        )
    else:
        sentence = ngettext(
            "%(number)d day after the %(anchor)s, %(on)s, is %(day)s.",
            "%(number)d days after the %(anchor)s, %(on)s, is %(day)s.",
            step.days,
        )
    return sentence % words
