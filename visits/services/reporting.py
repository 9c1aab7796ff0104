"""After a country visit: statement, comments of the State, addendum, dialogue, follow-up (domain.md 5.1)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from visits.enums import FollowUp, ReportStage, StepKind, VisitState
from visits.exceptions import StepRefused
from visits.models import Visit
from visits.services import checklist
from visits.services.guards import no_findings
from visits.services.trace import happened, keep, locked


@transaction.atomic
def report_step(visit: Visit, to: str, *, by: Any, on: date | None = None, note: str = "", **given: Any) -> Visit:
    """Take one step of the report. `given`: statement_url, report_symbol, presented_at, presented_by."""
    visit, to = locked(visit), ReportStage(to)
    was = ReportStage(visit.report_stage)
    fields = {name: value for name, value in given.items() if value} | {"report_stage": to}
    _judge(visit, was, to)
    on = happened(visit, on, in_order=True)
    if to == ReportStage.ISSUED:
        fields["report_issued_on"] = on
    for name, value in fields.items():
        setattr(visit, name, value)
    _require(visit, to)
    visit.full_clean()
    visit.save(update_fields=[*fields])
    keep(visit, StepKind.REPORT, to, on=on, by=by, note=note.strip(), verb="visit.reported", was=was, to=to)
    if to in {ReportStage.ISSUED, ReportStage.PRESENTED} and visit.checklist.exists():
        checklist.plan_checklist(visit, by=by)
    return visit


def _judge(visit: Visit, was: ReportStage, to: ReportStage) -> None:
    if sentence := no_findings(visit):
        raise StepRefused(sentence)
    if to not in was.successors:
        raise StepRefused(
            _("A report that is “%(was)s” cannot become “%(to)s”. Take the steps between first.")
            % {"was": was.label, "to": to.label}
        )
    early = visit.state == VisitState.UNDER_WAY and to == ReportStage.STATEMENT
    if visit.state != VisitState.DONE and not early:
        raise StepRefused(_("The report follows the visit. Record the visit as carried out first."))


def _require(visit: Visit, to: ReportStage) -> None:
    if to == ReportStage.ISSUED and "/Add." not in visit.report_symbol:
        raise StepRefused(
            _("The report of a visit comes out as an addendum. Enter its symbol, for example A/HRC/44/53/Add.1.")
        )
    if to == ReportStage.PRESENTED and visit.presented_at is None:
        raise StepRefused(_("Say at which session of the Council the dialogue was held."))


@transaction.atomic
def follow_up(visit: Visit, *, by: Any, on: date | None = None, note: str) -> Visit:
    """A word with the visited State about the recommendations; from the first one on the dialogue is under way."""
    visit, note = locked(visit), note.strip()
    if sentence := no_findings(visit):
        raise StepRefused(sentence)
    if visit.state != VisitState.DONE:
        raise StepRefused(_("The follow-up dialogue begins after the visit. Record the visit as carried out first."))
    if not note:
        raise StepRefused(_("Say in a few words what the dialogue was about."))
    on = happened(visit, on)
    visit.follow_up = FollowUp.UNDER_WAY
    visit.save(update_fields=["follow_up"])
    keep(visit, StepKind.FOLLOW_UP, "", on=on, by=by, note=note, verb="visit.followed_up")
    return visit
