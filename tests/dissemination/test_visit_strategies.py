"""A country visit is spoken of only along its strategy, stage by stage (domain.md R16; WP 2021-2023 para 22)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from dissemination import approval
from dissemination.exceptions import StepRefused
from dissemination.models import Strategy
from dissemination.strategies import services
from dissemination.strategies.enums import STAGES, ActivityState, Stage, Subject
from dissemination.strategies.loading import load_templates
from iesogi.reference.loading import loading
from iesogi.reference.models import Session
from visits.models import Visit

pytestmark = pytest.mark.django_db
REFUSED = "country visit has no complete strategy"


@pytest.fixture
def new_visit(kazakhstan):
    def make(kind="country", **fields):
        given = {"kind": kind, "country": kazakhstan, "state": "done", "starts_on": date(2027, 3, 1)}
        return Visit.objects.create(**given | fields)

    return make


@pytest.fixture
def strategy(new_visit, officer):
    """As the template of a visit writes it, some time before the visit."""
    with loading("test") as loader:
        load_templates(loader)
    given = {"visit": new_visit(), "considered": "yes", "owner": officer}
    with time_machine.travel(date(2027, 1, 1), tick=False):
        return services.apply_template(Strategy.objects.create(**given), by=officer)


def about(item, visit):
    item.visit = visit
    item.save()
    return item


@pytest.mark.demand("WP-22-1")
@pytest.mark.parametrize("outlet", ["release", "post"])
def test_nothing_leaves_about_a_country_visit_without_strategy(
    outlet, release, new_post, strategy, new_visit, officer
):
    item = release if outlet == "release" else new_post()
    other = new_visit(starts_on=date(2028, 3, 1))
    with pytest.raises(StepRefused, match=REFUSED):
        approval.submit(about(item, other), by=officer)
    assert approval.submit(about(item, strategy.visit), by=officer).state == "review"


@pytest.mark.parametrize("missing", ["objectives", "activities", "indicators", "considered"])
def test_strategy_that_lacks_a_part_opens_nothing(missing, strategy, release, officer):
    if missing in {"activities", "indicators"}:
        getattr(strategy, missing).all().delete()
    else:
        Strategy.objects.update(**{missing: "" if missing == "objectives" else "open"})
    with pytest.raises(StepRefused, match=REFUSED):
        approval.submit(about(release, strategy.visit), by=officer)


@pytest.mark.demand("WP-22-2")
@pytest.mark.parametrize("stage", STAGES[Subject.VISIT])
def test_strategy_plans_all_three_stages(stage, strategy, release, officer):
    assert set(strategy.activities.values_list("stage", flat=True)) == set(STAGES[Subject.VISIT])
    strategy.activities.filter(stage=stage).delete()
    with pytest.raises(StepRefused, match="activities in each of its three stages"):
        approval.submit(about(release, strategy.visit), by=officer)


def test_strategy_withdrawn_later_stops_what_has_not_left(strategy, release, officer, holder):
    item = approval.submit(about(release, strategy.visit), by=officer)
    strategy.indicators.all().delete()
    with pytest.raises(StepRefused, match=REFUSED):
        approval.approve(item, by=holder)


@pytest.mark.parametrize("kind", ["promotional", "advisory"])
def test_other_visits_need_no_strategy(kind, release, new_visit, officer):
    assert approval.submit(about(release, new_visit(kind)), by=officer).state == "review"


def test_each_stage_is_counted_from_its_own_day(strategy):
    visit, opening = strategy.visit, date(2028, 6, 12)
    visit.report_issued_on = date(2028, 4, 3)
    visit.presented_at = Session(forum="HRC", year=2028, starts_on=opening)
    days = {stage: services.anchor(strategy, stage) for stage in STAGES[Subject.VISIT]}
    assert days == {
        Stage.AROUND_VISIT: date(2027, 3, 1),
        Stage.AFTER_PUBLICATION: date(2028, 4, 3),
        Stage.AFTER_PRESENTATION: opening,
    }


def test_only_the_first_stage_has_days_before_the_visit(strategy):
    dated = strategy.activities.filter(state=ActivityState.PLANNED).exclude(deadline=None)
    due = dict(dated.values_list("title", "deadline__due_on"))
    assert due["Announcement of the visit"] == date(2027, 2, 22)
    assert set(dated.values_list("stage", flat=True)) == {Stage.AROUND_VISIT}


def test_stage_of_a_report_is_none_of_a_visit(strategy, officer):
    given = {"kind": "other", "title": "A post", "by": officer}
    with pytest.raises(ValidationError, match="does not belong to what the strategy is about"):
        services.add_activity(strategy, stage=Stage.AVAILABILITY, **given)
