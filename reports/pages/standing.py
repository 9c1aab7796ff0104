"""The milestones of one report as a desk wants them: due, latest start, room, who is waited for, what slipped."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from iesogi.deadlines.clock import short
from iesogi.deadlines.days import lateness, today
from iesogi.deadlines.services import holidays_of
from iesogi.documents.spans import Line, Span, spans
from reports.method.approvals import missing
from reports.method.slack import Slack, Work, slacks
from reports.models import MethodStep, Milestone, Report


class Row(NamedTuple):
    milestone: Milestone
    slack: Slack
    waits_for: str
    slipped: list[str]
    on: date
    is_estimate: bool = False

    @property
    def is_open(self) -> bool:
        return self.milestone.deadline.is_open

    @property
    def is_late(self) -> bool:
        return self.is_open and self.milestone.deadline.due_on < self.on

    @property
    def should_have_begun(self) -> bool:
        return self.is_open and not self.is_late and self.slack.latest_start < self.on

    @property
    def when(self) -> str:
        """How long, or the day it was done."""
        deadline = self.milestone.deadline
        if deadline.done_on:
            return _("done on %(day)s") % {"day": short(deadline.done_on)}
        return lateness(deadline.due_on, on=self.on) if deadline.is_open else deadline.get_state_display()

    @property
    def state(self) -> str:
        if self.milestone.deadline.done_on:
            return "done"
        return "late" if self.is_late else "open"


def rows_of(report: Report) -> list[Row]:
    """Every milestone in its order; five queries whatever their number."""
    found = report.milestones.with_deadlines().select_related("deadline__owner")
    milestones = list(found.prefetch_related("deadline__extensions", "approvals").order_by("order"))
    steps = {step.stage: step for step in MethodStep.objects.all()}
    work = [_work(each, steps.get(each.stage), report.forum) for each in milestones]
    room = slacks(work, on=today(), holidays=holidays_of("geneva"))
    return [
        Row(each, slack, _waits_for(each, step), _slips(each), today(), bool(step and step.is_estimate))
        for each, slack in zip(milestones, room, strict=True)
        for step in [steps.get(each.stage)]
    ]


def _work(milestone: Milestone, step: MethodStep | None, forum: str) -> Work:
    """A step that the method knows no more takes no days."""
    due_on = milestone.deadline.due_on
    return Work(due_on, step.duration_days, -step.days_for(forum)) if step else Work(due_on, 0)


def _waits_for(milestone: Milestone, step: MethodStep | None) -> str:
    if step is None or not milestone.deadline.is_open:
        return ""
    waiting = missing(milestone, step)
    return (
        _("“%(part)s” by: %(role)s") % {"part": waiting[0].part.label, "role": waiting[0].role.label}
        if waiting
        else ""
    )


def _slips(milestone: Milestone) -> list[str]:
    return [
        _("from %(was)s to %(to)s: %(reason)s")
        % {"was": short(each.from_date), "to": short(each.to_date), "reason": each.reason}
        for each in milestone.deadline.extensions.all()
    ]


def timeline(report: Report, rows: list[Row]) -> str:
    """From the latest start to the due day of each step, with today and the slot date; empty without milestones."""
    if not rows:
        return ""
    drawn = [
        Span(
            row.milestone.get_stage_display(),
            min(row.slack.latest_start, row.milestone.deadline.due_on),
            row.milestone.deadline.due_on,
            row.state,
        )
        for row in rows
    ]
    lines = [Line(_("Slot date"), report.slot_date)] if report.slot_date else []
    if min(span.starts_on for span in drawn) <= today() <= max(span.ends_on for span in drawn):
        lines.append(Line(_("Today"), today()))
    return spans(
        drawn,
        lines,
        title=_("Plan of the report"),
        desc=_("One bar for each step, from its latest start to the day it is due. The table says the same."),
    )
