"""A visit at a glance for staff: how far it is, what is missing next, what is due, and what travel it used."""

from datetime import date
from typing import NamedTuple

from iesogi.deadlines.days import lateness, today
from visits.enums import OVER, ReportStage, StepKind, VisitKind, VisitState
from visits.models import ChecklistItem, TeamMember, Visit, VisitStep
from visits.recommendations.enums import Status
from visits.services.guards import missing_for
from visits.terms import Answer, Term

WAY = [
    VisitState.REQUESTED,
    VisitState.INVITED,
    VisitState.PREPARING,
    VisitState.PENDING,
    VisitState.UNDER_WAY,
    VisitState.DONE,
]
ON_THE_WAY = {*WAY[:3], VisitState.PIPELINE, VisitState.POSTPONED}
REPORT_WAY = [stage for stage in ReportStage if stage]


class Stage(NamedTuple):
    label: str
    on: date | None
    reached: bool


class Point(NamedTuple):
    label: str
    answer: str
    accepted: bool


class Due(NamedTuple):
    item: ChecklistItem
    lateness: str


class Overview(NamedTuple):
    stages: list[Stage]
    terms: list[Point]
    missing: list[str]
    due: list[Due]
    travel: tuple[int, int] | None
    findings: str
    recommendations: list[tuple[str, int]]


def overview(visit: Visit) -> Overview:
    steps = list(visit.steps.all())
    country = visit.kind == VisitKind.COUNTRY
    return Overview(
        stages=[*_states(visit, steps), *(_report_stages(visit, steps) if country else [])],
        terms=_terms(visit) if country and visit.state not in OVER else [],
        missing=_missing(visit),
        due=_due(visit),
        travel=travel(list(visit.team.all())),
        findings=visit.no_recommendations,
        recommendations=_recommendations(visit) if country else [],
    )


def _days(steps: list[VisitStep], kind: StepKind) -> dict[str, date]:
    """The last day each step was taken: a visit may pass the same state twice."""
    return {step.code: step.on for step in steps if step.kind == kind}


def _states(visit: Visit, steps: list[VisitStep]) -> list[Stage]:
    days = _days(steps, StepKind.STATE)
    at = WAY.index(visit.state) if visit.state in WAY else -1
    return [Stage(state.label, days.get(state), index <= at) for index, state in enumerate(WAY)]


def _report_stages(visit: Visit, steps: list[VisitStep]) -> list[Stage]:
    days = _days(steps, StepKind.REPORT)
    at = REPORT_WAY.index(visit.report_stage) if visit.report_stage else -1
    return [Stage(stage.label, days.get(stage), index <= at) for index, stage in enumerate(REPORT_WAY)]


def _terms(visit: Visit) -> list[Point]:
    answers = {each.term: Answer(each.answer) for each in visit.term_answers.all()}
    given = [(term, answers.get(term, Answer.OPEN)) for term in Term]
    return [Point(term.label, answer.label, answer == Answer.ACCEPTED) for term, answer in given]


def _missing(visit: Visit) -> list[str]:
    """What stands between here and the confirmation; nothing once it is confirmed or over."""
    return missing_for(visit, VisitState.PENDING) if visit.state in ON_THE_WAY else []


def _recommendations(visit: Visit) -> list[tuple[str, int]]:
    tally = visit.recommendations.tally()
    return [(str(Status(status).label), count) for status, count in tally.items() if count]


def _due(visit: Visit) -> list[Due]:
    items = visit.checklist.open().with_deadlines().order_by("deadline__due_on")[:5]
    return [Due(item, lateness(item.deadline.due_on, on=today())) for item in items]


def travel(team: list[TeamMember]) -> tuple[int, int] | None:
    """Days of travel assigned and used; None where nothing was assigned."""
    assigned = [member.days_assigned for member in team if member.days_assigned is not None]
    used = [member.days_used for member in team if member.days_used is not None]
    return (sum(assigned), sum(used)) if assigned or used else None
