"""Two reports in the making for a trial, set around the day of loading; nothing of it names a person."""

from datetime import date, timedelta

from django.db import transaction

from iesogi.accounts.models import User
from iesogi.reference.enums import Forum
from reports.consultations.enums import Kind, Region
from reports.method import approvals
from reports.models import Consultation, MethodStep, Report
from reports.services import move_report, plan_milestones

SAMPLES = {Forum.HRC: ("Sample: housing", (4, 5)), Forum.GA: ("Sample: older persons", (7, 1))}
PARTICIPATION = "Sample: two talks with organizations of the communities shape the questions, two read the draft."


@transaction.atomic
def load_research_samples(people: list[User], *, on: date) -> dict[str, int]:
    """Once, and not before the standard method is loaded. How many were made, by name."""
    if Report.objects.filter(title__startswith="Sample:").exists() or not MethodStep.objects.exists():
        return {"reports": 0, "consultations": 0}
    by_name = {user.username: user for user in people}
    made = [
        _report(forum, title, date(on.year + 1, *day), by=by_name["desk.officer"])
        for forum, (title, day) in SAMPLES.items()
        if not Report.objects.filter(forum=forum, year=on.year + 1).exists()
    ]
    for report in made[:1]:
        step = report.milestones.get(stage="literature_review")
        approvals.stand_for(step, by=by_name["research.assistant"], note="Sample: in the shared folder.")
        _consultations(report, on)
    return {"reports": len(made), "consultations": 2 * len(made[:1])}


def _report(forum: str, title: str, slot_date: date, *, by: User) -> Report:
    report = Report.objects.create(
        title=title, forum=forum, year=slot_date.year, slot_date=slot_date, participation=PARTICIPATION
    )
    plan_milestones(report, by=by)
    return move_report(report, "research", by=by, on=None)


def _consultations(report: Report, on: date) -> None:
    days = {"report": report, "participation": PARTICIPATION}
    Consultation.objects.create(
        title="Sample: public consultation",
        kind=Kind.PUBLIC,
        starts_on=on + timedelta(days=40),
        place="Geneva",
        **days,
    )
    Consultation.objects.create(
        title="Sample: expert meeting", kind=Kind.EXPERT, region=Region.MENA, starts_on=on + timedelta(days=60), **days
    )
