"""Strategies: what they plan, what they have reached, and what nobody outside may learn from them."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from dissemination.exceptions import StepRefused
from dissemination.models import Activity, Indicator, Output, Strategy, StrategyTemplate
from dissemination.strategies import services
from dissemination.strategies.loading import load_templates
from dissemination.strategies.results import results
from iesogi.audit.models import Entry
from iesogi.deadlines.models import Deadline
from iesogi.reference.loading import loading

pytestmark = pytest.mark.django_db


@pytest.fixture
def templates(db):
    with loading("test") as loader:
        load_templates(loader)


@pytest.fixture
def strategy(report, officer):
    return Strategy.objects.create(report=report, owner=officer)


@pytest.mark.demand("WP-42-1")
def test_template_exists_for_each_kind_and_loads_twice_as_once(templates):
    with loading("again") as loader:
        load_templates(loader)
    counts = {row.kind: (row.activities.count(), row.indicators.count()) for row in StrategyTemplate.objects.all()}
    assert counts == {"report": (7, 6), "visit": (8, 6), "letter": (2, 2)}


@pytest.mark.demand("WP-19c-2")
@time_machine.travel(date(2027, 4, 1))
def test_template_fills_what_is_empty_and_plans_from_publication(templates, strategy, officer):
    strategy.objectives = "Our own words."
    strategy.save()
    services.apply_template(strategy, by=officer)
    services.apply_template(strategy, by=officer)
    strategy.refresh_from_db()
    assert strategy.objectives == "Our own words."
    assert "Member States" in strategy.audiences
    assert strategy.activities.count() == 7
    booklet = strategy.activities.get(kind="booklet")
    assert (booklet.deadline.due_on, booklet.deadline.owner) == (date(2027, 5, 15), officer)
    assert strategy.activities.get(kind="launch").deadline is None  # the presentation has no day yet
    assert Strategy.objects.complete().count() == 0  # nobody has decided yet
    Strategy.objects.update(considered="yes")
    assert Strategy.objects.complete().count() == 1


def test_strategy_is_for_one_subject(report, new_letter):
    letter = new_letter(public=True)
    for subjects in ({}, {"report": report, "letter": letter, "press_consent": "no"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Strategy.objects.create(**subjects)


@pytest.mark.demand("WP-29-1")
@pytest.mark.demand("WP-29-2")
def test_output_nobody_has_considered_is_offered_until_it_has_a_strategy(report, new_letter, as_user, consultant):
    new_letter(number=2)
    published = new_letter(number=3, public=True)
    client, page = as_user(consultant), "/admin/dissemination/strategy/"
    text = client.get(page).content.decode()
    assert "Reports without a strategy: 1" in text
    assert "Published letters without a strategy: 1" in text
    form = client.get(f"{page}add/?report={report.pk}").content.decode()
    assert f'<option value="{report.pk}" selected>' in form
    Strategy.objects.create(report=report)
    Strategy.objects.create(letter=published, press_consent="not_asked", considered="no", reason="Too late.")
    assert "without a strategy" not in client.get(page).content.decode()


def test_decision_against_is_kept_with_its_reason(new_letter):
    strategy = Strategy(letter=new_letter(), considered="no")
    with pytest.raises(ValidationError, match="Say why"):
        strategy.full_clean()
    strategy.reason = "The family asks for silence."
    strategy.full_clean()
    assert strategy.press_consent == "not_asked"


def test_words_about_a_letter_wait_for_its_publication(new_letter):
    strategy = Strategy(letter=new_letter(), objectives="To be read.")
    with pytest.raises(ValidationError, match="not published"):
        strategy.full_clean()


@pytest.mark.parametrize(
    ("public", "consent", "considered", "says"),
    [
        (False, "yes", "yes", "not published"),
        (True, "not_asked", "yes", "consent"),
        (True, "no", "yes", "consent"),
        (True, "yes", "open", "not decided"),
    ],
)
def test_activity_for_a_letter_is_refused(public, consent, considered, says, new_letter, officer, templates):
    letter = new_letter(public=public)
    strategy = Strategy.objects.create(letter=letter, press_consent=consent, considered=considered)
    with pytest.raises(StepRefused, match=says):
        services.add_activity(strategy, stage="after_publication", kind="other", title="A post", by=officer)
    with pytest.raises(StepRefused, match=says):
        services.apply_template(strategy, by=officer)
    assert not Deadline.objects.exists()


def test_activity_belongs_to_a_stage_of_its_subject(strategy, officer):
    with pytest.raises(ValidationError, match="stage"):
        services.add_activity(strategy, stage="around_visit", kind="other", title="A post", by=officer)


@time_machine.travel(date(2027, 4, 1))
def test_activity_takes_its_deadline_along(strategy, officer):
    stage = "availability"
    activity = services.add_activity(
        strategy, stage=stage, kind="notice", title="Tell", by=officer, due_on=date(2027, 5, 1)
    )
    services.set_day(activity, due_on=date(2027, 5, 3), reason="A holiday.", by=officer)
    activity = services.drop(activity, result="Overtaken.", by=officer)
    assert Deadline.objects.get().state == "cancelled"
    activity = services.take_up(activity, reason="Wanted after all.", by=officer)
    activity = services.finish(activity, result="Sent to four lists.", by=officer)
    deadline = Deadline.objects.get()
    assert (deadline.state, deadline.due_on, activity.state) == ("done", date(2027, 5, 3), "done")
    with pytest.raises(StepRefused, match="Done"):
        services.finish(activity, by=officer)


def test_indicators_are_counted_from_rows(strategy, report, new_engagement, officer):
    talk = new_engagement(attendance=120, attendance_qualifier="about")
    talk.reports.add(report)
    Output.objects.create(kind="press_release", title="-", issued_on=date(2027, 5, 2), report=report)
    for kind in ("engagements", "attendance", "outputs", "posts", "reach", "activities"):
        Indicator.objects.create(strategy=strategy, label=kind, measured_by=kind, target=2)
    Indicator.objects.create(strategy=strategy, label="hand", measured_by="hand", typed=5)
    reached = {result.indicator.label: result.reached for result in results(strategy)}
    assert reached == {
        "engagements": 1, "attendance": 120, "outputs": 1, "posts": 0, "reach": 0, "activities": 0, "hand": 5,
    }  # fmt: skip


def test_counted_result_is_never_typed(strategy):
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(strategy=strategy, label="Posts", measured_by="posts", typed=5)


# What nobody paid from outside OHCHR may learn (R1, R13)


@pytest.fixture
def hidden(new_letter):
    return Strategy.objects.create(letter=new_letter(number=77), press_consent="yes", considered="yes")


def test_outsiders_see_no_strategy_of_a_hidden_letter(hidden, strategy, consultant, officer, as_user):
    assert set(Strategy.objects.visible_to(officer)) == {hidden, strategy}
    assert list(Strategy.objects.visible_to(consultant)) == [strategy]
    client = as_user(consultant)
    page = client.get("/admin/dissemination/strategy/").content.decode()
    assert "KAZ 77/2021" not in page
    assert "1 dissemination strategy" in page
    form = client.get("/admin/dissemination/strategy/add/").content.decode()
    assert "KAZ 77/2021" not in form
    inside = f"/admin/dissemination/strategy/{hidden.pk}/"
    nowhere = "/admin/dissemination/strategy/999999/"
    pages = ("change/", "history/", "delete/", "activity/", "template/")
    assert [client.get(inside + page).status_code for page in pages] == [
        client.get(nowhere + page).status_code for page in pages
    ]


def test_outsiders_are_not_told_that_a_letter_exists(hidden, consultant, as_user):
    client = as_user(consultant)
    answers = []
    for pk in (hidden.letter_id, 999_999):
        form = {"letter": pk, "considered": "open", "press_consent": ""}
        errors = client.post("/admin/dissemination/strategy/add/", form).context["errors"]
        answers.append([str(error) for error in errors])
    assert answers[0] == answers[1]
    assert "Select a valid choice" in str(answers[0])


def test_published_letter_is_open_to_all_who_disseminate(hidden, consultant):
    type(hidden.letter).objects.update(public=True)
    activity = Activity.objects.create(strategy=hidden, stage="after_publication", kind="other", title="A post")
    assert list(Strategy.objects.visible_to(consultant)) == [hidden]
    assert list(Activity.objects.visible_to(consultant)) == [activity]


def test_chain_names_no_letter(hidden, officer, as_user):
    form = {"considered": "no", "reason": "Silence is safer.", "press_consent": "no"}
    inline = {
        f"{prefix}-{name}": "0" for prefix in ("activities", "indicators") for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    response = as_user(officer).post(f"/admin/dissemination/strategy/{hidden.pk}/change/", form | inline)
    assert response.status_code == 302, response.context["errors"]
    assert "KAZ" not in "".join(Entry.objects.values_list("target_label", flat=True))
