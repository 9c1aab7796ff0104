"""Steps of strategies and activities. The audit chain says the number of a row where it belongs to a letter (R1)."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dissemination.exceptions import StepRefused
from dissemination.gates import refuse_letter
from dissemination.strategies.enums import ActivityState, Stage
from dissemination.strategies.models import PLAN_FIELDS, Activity, Indicator, Strategy, StrategyTemplate
from iesogi.audit import services as audit
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.days import today

KIND = "dissemination"


def audit_label(strategy: Strategy) -> str:
    """The chain is read by people who may not know of a letter, so it says the number of the row (R1)."""
    return f"strategy {strategy.pk}" if strategy.letter_id else ""


def activity_label(activity: Activity) -> str:
    return f"activity {activity.pk}" if activity.strategy.letter_id else ""


def anchor(strategy: Strategy, stage: str) -> date | None:
    """The day from which a stage is counted, as far as it is known."""
    report, visit, letter = strategy.report, strategy.visit, strategy.letter
    if report:
        held = report.presented_on or (report.session.starts_on if report.session else None)
        return held if stage == Stage.AFTER_PRESENTATION else report.issued_on or report.slot_date
    if visit:
        session = visit.presented_at
        days = {
            Stage.AROUND_VISIT: visit.starts_on,
            Stage.AFTER_PUBLICATION: visit.report_issued_on,
            Stage.AFTER_PRESENTATION: session.starts_on if session else None,
        }
        return days.get(stage)
    return letter.published_on


def _locked(row):
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)


def _require_allowed(strategy: Strategy) -> None:
    complaint = refuse_letter(strategy)
    if complaint:
        raise StepRefused(complaint)


@transaction.atomic
def apply_template(strategy: Strategy, *, by: Any) -> Strategy:
    """Fill what is empty from the template of the kind; what stands there already stays. Twice does nothing twice."""
    strategy = _locked(strategy)
    _require_allowed(strategy)
    template = StrategyTemplate.objects.filter(kind=strategy.kind).first()
    if template is None:
        raise StepRefused(_("There is no template for this kind. Add one, or load the work programme."))
    empty = [name for name in PLAN_FIELDS if not getattr(strategy, name)]
    for name in empty:
        setattr(strategy, name, getattr(template, name))
    if empty:
        strategy.save(update_fields=empty)
    made = _add_activities(strategy, template, by=by)
    known = set(strategy.indicators.values_list("label", flat=True))
    lines = [line for line in template.indicators.all() if line.label not in known]
    Indicator.objects.bulk_create(
        Indicator(strategy=strategy, label=line.label, measured_by=line.measured_by) for line in lines
    )
    audit.record(
        by=by,
        verb="strategy.template_applied",
        target=strategy,
        label=audit_label(strategy),
        activities=made,
        indicators=len(lines),
    )
    return strategy


def _add_activities(strategy: Strategy, template: StrategyTemplate, *, by: Any) -> int:
    """Days that have gone by are left open, or an old report would start with a row of late deadlines."""
    known = set(strategy.activities.values_list("stage", "title"))
    lines = [line for line in template.activities.all() if (line.stage, line.title) not in known]
    for line in lines:
        start = anchor(strategy, line.stage)
        due_on = start + timedelta(days=line.days) if start else None
        if due_on and due_on < today():
            due_on = None
        add_activity(
            strategy,
            stage=line.stage,
            kind=line.kind,
            title=line.title,
            owner=strategy.owner,
            due_on=due_on,
            by=by,
        )
    return len(lines)


@transaction.atomic
def add_activity(
    strategy: Strategy,
    *,
    stage: str,
    kind: str,
    title: str,
    by: Any,
    owner=None,
    due_on: date | None = None,
    partner: str = "",
) -> Activity:
    """Plan one thing to do; with a day, its owner is reminded. For a letter only once it is public, with consent."""
    _require_allowed(strategy)
    activity = Activity(strategy=strategy, stage=stage, kind=kind, title=title, owner=owner, partner=partner)
    activity.full_clean()
    activity.save(force_insert=True)
    audit.record(
        by=by, verb="activity.added", target=activity, label=activity_label(activity), stage=stage, due_on=due_on
    )
    if due_on:
        _open(activity, due_on, by=by)
    return activity


def _open(activity: Activity, due_on: date, *, by: Any) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        explanation = _("Planned in the dissemination strategy, stage: %(stage)s.") % {
            "stage": activity.get_stage_display()
        }
        about = str(activity.strategy)
    activity.deadline = deadlines.open_on(
        KIND,
        title=activity.title[:200],
        due_on=due_on,
        explanation=explanation,
        owner=activity.owner,
        subject_label=about[:200],
        subject_url=reverse("admin:dissemination_activity_change", args=[activity.pk]),
        closing_step=gettext_noop("It is done once the activity is, on the activity's page."),
        by=by,
    )
    activity.save(update_fields=["deadline"])


@transaction.atomic
def set_day(activity: Activity, *, due_on: date, reason: str, by: Any) -> Activity:
    """Give it a day, or another one; the first day and the reason stay with the deadline."""
    activity = _locked(activity)
    _judge(activity, ActivityState.PLANNED)
    _require_allowed(activity.strategy)
    if activity.deadline is None:
        _open(activity, due_on, by=by)
    else:
        deadlines.move(activity.deadline, to=due_on, explanation=reason.strip(), by=by)
    return activity


def _judge(activity: Activity, *allowed: ActivityState) -> None:
    if activity.state not in allowed:
        raise StepRefused(
            _("This activity is “%(state)s”. Take it up again first.") % {"state": activity.get_state_display()}
        )


@transaction.atomic
def finish(activity: Activity, *, result: str = "", by: Any) -> Activity:
    """Done; for a letter the consent is asked for once more, because it may have been withdrawn."""
    activity = _locked(activity)
    _judge(activity, ActivityState.PLANNED)
    _require_allowed(activity.strategy)
    activity = _write(activity, ActivityState.DONE, result=result, by=by)
    if activity.deadline and activity.deadline.is_open:
        deadlines.complete(activity.deadline, by=by, at_subject=True)
    return activity


@transaction.atomic
def drop(activity: Activity, *, result: str, by: Any) -> Activity:
    activity = _locked(activity)
    _judge(activity, ActivityState.PLANNED)
    activity = _write(activity, ActivityState.DROPPED, result=result, by=by)
    if activity.deadline and activity.deadline.is_open:
        deadlines.cancel(activity.deadline, reason=result.strip() or _("Dropped."), by=by)
    return activity


@transaction.atomic
def take_up(activity: Activity, *, reason: str, by: Any) -> Activity:
    """A dropped activity is planned again."""
    activity = _locked(activity)
    _judge(activity, ActivityState.DROPPED)
    _require_allowed(activity.strategy)
    activity = _write(activity, ActivityState.PLANNED, result="", by=by)
    if activity.deadline and not activity.deadline.is_open:
        deadlines.reopen(activity.deadline, reason=reason, by=by)
    return activity


def _write(activity: Activity, to: ActivityState, *, result: str, by: Any) -> Activity:
    was, activity.state, activity.result = activity.state, to, result.strip()
    activity.validate_constraints()
    activity.save(update_fields=["state", "result"])
    audit.record(by=by, verb=f"activity.{to}", target=activity, label=activity_label(activity), was=was, to=to)
    return activity
