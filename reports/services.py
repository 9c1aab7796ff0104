"""Steps of reports, themes and milestones: each locks the row, judges, writes and leaves an audit entry."""

from collections.abc import Collection
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
from iesogi.deadlines.clock import short
from iesogi.deadlines.days import today
from reports.enums import ReportState, Stage
from reports.exceptions import StepRefused
from reports.models import Milestone, Report, Theme, ThemeMove
from reports.permissions import may_bring_to
from reports.planning import Change, PlannedMilestone, kind_of, plan

# The day a step leaves on the report, and the milestones it finishes.
DAYS = {
    ReportState.SUBMITTED: ("submitted_on", [Stage.BRANCH_OBSERVATIONS, Stage.SUBMISSION]),
    ReportState.ISSUED: ("issued_on", [Stage.EDIT_TRANSLATE, Stage.ISSUE]),
    ReportState.PRESENTED: ("presented_on", [Stage.INTERACTIVE_DIALOGUE]),
}


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update().get(pk=report.pk)


@transaction.atomic
def move_report(report: Report, to: str, *, by: Any, on: date | None = None) -> Report:
    """Take one step of the method. `on` is the day it happened (today), kept where the step leaves a day.

    Back from document services into drafting takes the day of submission away; the audit entry keeps it.
    """
    report = _locked(report)
    was, to, on = ReportState(report.state), ReportState(to), on or today()
    _judge(report, was, to, by=by, on=on)
    day, stages = DAYS.get(to, (None, []))
    written, said = {"state": to}, {"was": was, "to": to}
    if day:
        written[day] = said["on"] = on
    if was == ReportState.SUBMITTED and to == ReportState.DRAFTING:
        said["submitted_on"], written["submitted_on"] = report.submitted_on, None
    for name, value in written.items():
        setattr(report, name, value)
    report.full_clean()
    report.save(update_fields=[*written])
    audit.record(by=by, verb="report.moved", target=report, **said)
    for milestone in report.milestones.open().filter(stage__in=stages).select_related("deadline"):
        deadlines.complete(milestone.deadline, by=by, on=on, at_subject=True)
    return report


def _judge(report: Report, was: ReportState, to: ReportState, *, by: Any, on: date) -> None:
    if to not in was.successors:
        raise StepRefused(
            _("A report that is “%(was)s” cannot become “%(to)s”. Take the steps between first.")
            % {"was": was.label, "to": to.label}
        )
    allowed = may_bring_to(by, to) if by else True
    if not allowed:
        raise StepRefused(allowed.reason)
    if on > today():
        raise StepRefused(_("%(day)s is still to come. A step is recorded once it was taken.") % {"day": short(on)})
    missing = _missing(report, to)
    if missing:
        raise StepRefused(missing)


def _missing(report: Report, to: ReportState) -> str:
    if to == ReportState.RESEARCH and not report.participation.strip():
        return _(
            "Research begins with the communities: write how LGBT persons and communities take part in this report, "
            "then start it."
        )
    if to == ReportState.SUBMITTED and not report.forum:
        return _("A floating report cannot be submitted. Choose its forum and year first.")
    if to == ReportState.ISSUED and not report.symbol:
        return _("An issued report carries a symbol, for example A/HRC/47/27. Enter it, then mark it as issued.")
    return ""


@transaction.atomic
def move_slot(report: Report, *, forum: str, year: int | None, reason: str, by: Any) -> Report:
    """Plan the report for another slot, or for none (empty forum and year). The audit keeps from where and why.

    Session and slot date belong to the old slot, so they are taken away; milestones move once the new date is set.
    """
    report, reason = _locked(report), reason.strip()
    if not reason:
        raise StepRefused(_("Say why the report moves; the history keeps the reason."))
    if (report.forum, report.year) == (forum, year):
        raise StepRefused(_("The report has this slot already. Choose another one."))
    _require_movable(report)
    taken = Report.objects.filter(forum=forum, year=year).exclude(forum="").first()
    if taken:
        raise StepRefused(
            _("%(slot)s is taken by “%(report)s”: there is one report a slot. Move that one first, or choose another.")
            % {"slot": taken.slot, "report": taken}
        )
    was, report.forum, report.year = report.slot, forum, year
    report.session, report.slot_date = None, None
    report.full_clean()
    report.save(update_fields=["forum", "year", "session", "slot_date"])
    audit.record(by=by, verb="report.slot_moved", target=report, was=str(was), to=str(report.slot), reason=reason)
    return report


def _require_movable(report: Report) -> None:
    if report.submitted_on or report.is_out:
        raise StepRefused(_("The report was submitted for its slot already, so its slot is history and stays."))


@transaction.atomic
def move_theme(theme: Theme, *, forum: str, year: int | None, reason: str, by: Any) -> Theme:
    """Plan a theme for another slot, or for none (empty forum and year); every move is kept with its reason (R18)."""
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    reason = reason.strip()
    if not reason:
        raise StepRefused(_("Say why the theme moves; the history keeps the reason."))
    if (theme.forum, theme.year) == (forum, year):
        raise StepRefused(_("The theme has this slot already. Choose another one."))
    report = theme.reports.issued().first()
    if report:
        raise StepRefused(
            _("The theme was reported in %(report)s, so its plan is history and stays as it was.") % {"report": report}
        )
    move = ThemeMove(
        theme=theme,
        from_forum=theme.forum,
        from_year=theme.year,
        to_forum=forum,
        to_year=year,
        reason=reason,
        by=by,
    )
    theme.forum, theme.year, theme.floating = forum, year, not forum
    theme.floating_reason = reason if theme.floating else ""
    theme.full_clean()
    theme.save(update_fields=["forum", "year", "floating", "floating_reason"])
    move.save(force_insert=True)
    audit.record(by=by, verb="theme.moved", target=theme, was=str(move.from_slot), to=str(move.to_slot), reason=reason)
    return theme


def _require_plannable(report: Report, slot_date: date | None) -> date:
    if report.submitted_on or report.is_out:
        raise StepRefused(
            _("This report was submitted already. Its slot date and milestones stay: timeliness is measured by them.")
        )
    if slot_date is None:
        raise StepRefused(
            _("This report has no slot date yet. Set the day on which document services expect it, then plan.")
        )
    return slot_date


def preview_milestones(
    report: Report, *, slot_date: date | None = None, optional: Collection[str] = ()
) -> list[PlannedMilestone]:
    """What planning would do, for the report's slot date or another one; nothing is written."""
    slot_date = _require_plannable(report, slot_date or report.slot_date)
    try:
        planned = plan(report, slot_date=slot_date, optional=optional)
    except OverflowError as error:
        raise StepRefused(_("Counted from this slot date, steps would lie outside of the calendar.")) from error
    if not planned:
        raise StepRefused(
            _("The standard method has no steps yet. Add them in the admin, or load the work programme.")
        )
    return planned


@transaction.atomic
def plan_milestones(report: Report, *, by: Any, optional: Collection[str] = ()) -> list[PlannedMilestone]:
    """Open a deadline for each step, counted from the slot date. Again: only what changed moves.

    Milestones that are done or cancelled, and extensions of others, stay.
    """
    report = _locked(report)
    planned = preview_milestones(report, optional=optional)
    for line in planned:
        if line.change == Change.NEW:
            _open(report, line, by=by)
        elif line.change == Change.MOVES:
            _move(line, by=by)
        elif line.change == Change.STAYS:
            _keep(line, by=by)
    counts = {change.value: sum(line.change == change for line in planned) for change in Change}
    if counts[Change.NEW] or counts[Change.MOVES]:
        audit.record(by=by, verb="report.planned", target=report, slot_date=report.slot_date, **counts)
    return planned


def _open(report: Report, line: PlannedMilestone, *, by: Any) -> None:
    with translation.override(settings.LANGUAGE_CODE):  # one language for all who read the deadline later
        title = f"{line.step}: {report.slot}"
    deadline = deadlines.open_on(
        kind_of(line.step.stage),
        title=title[:200],
        due_on=line.due_on,
        explanation=line.explanation,
        subject_label=str(report)[:200],
        subject_url=reverse("admin:reports_report_change", args=[report.pk]),
        not_after=line.not_after,
        closing_step=gettext_noop("It is done once its milestone is, on the milestone's page."),
        by=by,
    )
    milestone = Milestone.objects.create(
        report=report,
        stage=line.step.stage,
        order=line.step.order,
        deadline=deadline,
        planned_on=line.due_on,
    )
    deadline.subject_url = reverse("admin:reports_milestone_change", args=[milestone.pk])
    deadline.save(update_fields=["subject_url"])


def _move(line: PlannedMilestone, *, by: Any) -> None:
    deadlines.move(
        line.milestone.deadline, to=line.due_on, explanation=line.explanation, not_after=line.not_after, by=by
    )
    line.milestone.planned_on = line.due_on
    line.milestone.save(update_fields=["planned_on"])


def _keep(line: PlannedMilestone, *, by: Any) -> None:
    """The date stays, an extension with it; only the day it has to be ready for may be another one."""
    kept = line.milestone.deadline
    deadlines.move(kept, to=kept.due_on, explanation=kept.explanation, not_after=line.not_after, by=by)


@transaction.atomic
def set_slot_date(report: Report, slot_date: date, *, by: Any) -> Report:
    """Document services gave the day, or another one: milestones that were planned already move with it."""
    report = _locked(report)
    _require_plannable(report, slot_date)
    was = report.slot_date
    if slot_date == was:
        return report
    report.slot_date = slot_date
    report.full_clean()
    report.save(update_fields=["slot_date"])
    audit.record(by=by, verb="report.slot_date_set", target=report, was=was, to=slot_date)
    if report.milestones.exists():
        plan_milestones(report, by=by)
    return report
