"""The official procedure of a visit, step by step, and the sentences of its guards (domain.md 5.1, R14, R15)."""

from datetime import date

import pytest
import time_machine

from iesogi.audit.models import Entry
from iesogi.deadlines.models import Deadline
from iesogi.reference.loading import loading
from iesogi.reference.models import Session
from visits import services
from visits.enums import NEXT_REPORT, ReportStage, VisitKind
from visits.exceptions import StepRefused
from visits.loading import load_checklist
from visits.models import ChecklistItem, Visit, VisitStep
from visits.terms import Term

pytestmark = pytest.mark.django_db
PROMOTIONAL = {"kind": VisitKind.PROMOTIONAL}


@pytest.fixture(autouse=True)
def summer():
    with time_machine.travel("2021-07-01T10:00:00Z", tick=False):
        yield


@pytest.fixture
def checklist(reference_data):
    with loading("checklist") as loader:
        load_checklist(loader)


def steps_of(visit):
    return list(visit.steps.values_list("code", "on"))


# Request, invitation, terms


def test_request_waits_with_a_deadline_and_each_reminder_opens_the_next(new_candidate, officer):
    visit = services.make_visit(new_candidate(), by=officer, on=date(2021, 1, 4))
    assert visit.request_deadline.due_on == date(2021, 7, 5)  # 180 days end on a Saturday
    services.remind(visit, by=officer, on=date(2021, 6, 30), note="By note verbale.")
    visit.refresh_from_db()
    assert list(Deadline.objects.order_by("pk").values_list("state", flat=True)) == ["done", "open"]
    assert visit.request_deadline.start_on == date(2021, 6, 30)
    assert steps_of(visit) == [("requested", date(2021, 1, 4)), ("", date(2021, 6, 30))]


def test_invitation_ends_the_waiting_and_keeps_its_own_day(new_candidate, officer):
    visit = services.make_visit(new_candidate(), by=officer, on=date(2021, 1, 4))
    visit = services.invite(visit, "standing", by=officer, on=date(2021, 5, 3), host="The Government")
    assert (visit.state, visit.invitation, visit.host) == ("invited", "standing", "The Government")
    assert Deadline.objects.get().state == "done"
    assert Entry.objects.filter(verb="visit.stepped").get().data["on"] == "2021-05-03"


def test_standing_invitation_is_for_country_visits(new_visit):
    with pytest.raises(StepRefused, match="given by States for country visits"):
        services.invite(new_visit(**PROMOTIONAL), "standing", by=None)


def test_visit_happens_at_invitation_only(new_visit):
    with pytest.raises(StepRefused, match="at invitation only"):
        services.step(new_visit(), "invited", by=None)


@pytest.mark.parametrize(
    ("on", "says"), [(date(2021, 7, 2), "still to come"), (date(2021, 1, 3), "next step cannot be earlier")]
)
def test_step_has_a_day_that_can_be(new_candidate, on, says):
    visit = services.make_visit(new_candidate(), by=None, on=date(2021, 1, 4))
    with pytest.raises(StepRefused, match=says):
        services.invite(visit, "invitation", by=None, on=on)


def test_terms_are_accepted_point_by_point(new_visit, officer):
    visit = new_visit()
    for term in list(Term)[:-1]:
        visit = services.answer_term(visit, term, "accepted", by=officer, on=date(2021, 2, 1))
    assert visit.terms_accepted_on is None
    visit = services.answer_term(visit, Term.SECURITY, "accepted", by=officer, on=date(2021, 3, 1))
    assert visit.terms_accepted_on == date(2021, 3, 1)
    visit = services.answer_term(visit, Term.DETENTION, "refused", by=officer, note="Military prisons left out.")
    assert visit.terms_accepted_on is None
    assert VisitStep.objects.filter(kind="term").count() == len(Term) + 1


def test_all_open_points_are_accepted_at_once(new_visit):
    services.answer_term(visit := new_visit(), Term.MOVEMENT, "accepted", by=None, on=date(2021, 2, 1))
    visit = services.accept_terms(visit, by=None, on=date(2021, 3, 1))
    assert visit.terms_accepted_on == date(2021, 3, 1)
    assert visit.term_answers.get(term=Term.MOVEMENT).on == date(2021, 2, 1)
    with pytest.raises(StepRefused, match="accepted already"):
        services.accept_terms(visit, by=None)


def test_point_that_is_limited_needs_the_words_of_the_state(new_visit):
    with pytest.raises(StepRefused, match="how the State limits"):
        services.answer_term(new_visit(), Term.DETENTION, "refused", by=None)


def test_confirmed_visit_stands_on_its_terms(new_visit):
    with pytest.raises(StepRefused, match="Postpone or cancel it first"):
        services.answer_term(new_visit(state="pending"), Term.DETENTION, "refused", by=None, note="No prisons.")


def test_promotional_visit_needs_no_terms(new_visit):
    with pytest.raises(StepRefused, match="this visit needs none"):
        services.accept_terms(new_visit(**PROMOTIONAL), by=None)


# Confirmation


def test_confirmation_names_everything_that_is_missing(new_visit):
    visit = new_visit(state="preparing", funding="")
    missing = " ".join(services.missing_for(visit, "pending"))
    for words in (
        "Record the invitation first",
        "Agree on the days",
        "no risk assessment yet",
        "7 points of the terms of reference are not accepted",
        "paid from the UN regular budget only",
        "how LGBT persons and communities were consulted",
    ):
        assert words in missing
    with pytest.raises(StepRefused, match="Agree on the days"):
        services.step(visit, "pending", by=None)


def test_visit_is_confirmed_when_nothing_is_missing(ready_visit, officer):
    visit = services.step(ready_visit(state="preparing"), "pending", by=officer)
    assert (visit.state, steps_of(visit)) == ("pending", [("pending", date(2021, 7, 1))])


@pytest.mark.demand("WP-7-2")
@pytest.mark.parametrize("verdict", ["pending", "no_go"])
def test_visit_without_a_go_is_not_confirmed(ready_visit, decided, verdict):
    fields = {"verdict": verdict, "conditions": "Too dangerous."}
    if verdict == "pending":
        fields |= {"decided_by": None, "decided_on": None, "review_on": None}
    type(decided).objects.filter(pk=decided.pk).update(**fields)
    with pytest.raises(StepRefused, match="risk assessment"):
        services.step(ready_visit(state="preparing"), "pending", by=None)


def test_assessment_that_lapsed_confirms_nothing(ready_visit, decided):
    type(decided).objects.update(review_on=date(2021, 6, 30))
    with pytest.raises(StepRefused, match="held until"):
        services.step(ready_visit(state="preparing"), "pending", by=None)


@pytest.mark.demand("WP-25c", "WP-12")
def test_promotional_visit_agrees_on_the_press_and_on_participation(ready_visit):
    visit = ready_visit(
        state="preparing", press_terms_on=None, terms_accepted_on=None, participation="", **PROMOTIONAL
    )
    missing = services.missing_for(visit, "pending")
    assert len(missing) == 2
    assert "country situations and cases are not spoken of with the press" in missing[0]


# Putting off


def test_postponed_visit_keeps_both_dates(new_visit, officer):
    visit = new_visit(state="pending", starts_on=date(2021, 9, 1), ends_on=date(2021, 9, 10))
    new = {"starts_on": date(2022, 3, 7), "ends_on": date(2022, 3, 16)}
    visit = services.postpone(visit, by=officer, reason="Borders are closed.", **new)
    assert (visit.was_to_start_on, visit.was_to_end_on) == (date(2021, 9, 1), date(2021, 9, 10))
    assert (visit.starts_on, visit.put_off_in_words) == (date(2022, 3, 7), "1 September 2021 to 10 September 2021")
    assert list(visit.plans.values_list("planned_from", "planned_until")) == [
        (date(2021, 9, 1), date(2021, 9, 10)),
        (date(2022, 3, 7), date(2022, 3, 16)),
    ]


def test_visit_put_off_again_keeps_the_days_given_up_last(new_visit):
    visit = new_visit(state="pending", starts_on=date(2021, 9, 1))
    visit = services.step(visit, "postponed", by=None, reason="Borders are closed.")
    assert (visit.starts_on, visit.was_to_start_on) == (None, date(2021, 9, 1))


# Checklist


def test_preparation_opens_the_checklist_and_each_date_says_why(ready_visit, checklist):
    visit = ready_visit(state="invited", starts_on=date(2022, 1, 10), ends_on=date(2022, 1, 19))
    visit = services.step(visit, "preparing", by=None)
    due = dict(visit.checklist.values_list("step__code", "deadline__due_on"))
    assert due["risk"] == date(2021, 11, 29)
    assert due["programme"] == date(2021, 12, 13)
    assert due["draft"] == date(2022, 4, 19)
    assert not {"press-terms", "notice", "follow-up"} & due.keys()
    why = visit.checklist.get(step__code="risk").deadline.explanation
    assert why == "42 days before the first day of the visit, 10 January 2022, is Monday 29 November 2021."


@pytest.mark.demand("WP-22-2")
def test_checklist_holds_the_three_stages_of_dissemination(ready_visit, checklist):
    visit = ready_visit(
        state="done", starts_on=date(2019, 6, 3), ends_on=date(2019, 6, 12), report_symbol="A/HRC/44/53/Add.1"
    )
    services.plan_checklist(visit, by=None)
    assert stages(visit) == {"preparation", "visit", "report", "around"}
    visit = services.report_step(visit, "issued", by=None, on=date(2020, 4, 27))
    assert stages(visit) == {"preparation", "visit", "report", "around", "publication"}
    session = Session.objects.get(forum="HRC", number=44)
    visit = services.report_step(visit, "presented", by=None, on=date(2020, 7, 8), presented_at=session)
    assert stages(visit) == {"preparation", "visit", "report", "around", "publication", "presentation"}


def stages(visit):
    return set(visit.checklist.values_list("step__phase", flat=True))


def test_deadlines_move_with_the_visit_and_what_is_done_stays(ready_visit, checklist, officer):
    visit = ready_visit(state="preparing", starts_on=date(2022, 1, 10), ends_on=date(2022, 1, 19))
    services.plan_checklist(visit, by=officer)
    services.complete_item(visit.checklist.get(step__code="terms"), by=officer, evidence="Note verbale.")
    services.replan(
        visit, "March", by=officer, reason="Agreed.", starts_on=date(2022, 3, 7), ends_on=date(2022, 3, 16)
    )
    assert visit.checklist.get(step__code="risk").deadline.due_on == date(2022, 1, 24)
    assert visit.checklist.get(step__code="terms").deadline.due_on == date(2021, 11, 1)


def test_visit_that_is_put_off_stops_reminding_and_comes_back(ready_visit, checklist):
    visit = ready_visit(state="preparing", starts_on=date(2022, 1, 10), ends_on=date(2022, 1, 19))
    services.plan_checklist(visit, by=None)
    visit = services.postpone(
        visit, by=None, reason="Elections.", starts_on=date(2022, 3, 7), ends_on=date(2022, 3, 16)
    )
    assert not visit.checklist.open().exists()
    visit = services.step(visit, "preparing", by=None)
    assert visit.checklist.open().count() == ChecklistItem.objects.count()
    assert visit.checklist.get(step__code="risk").deadline.due_on == date(2022, 1, 24)


def test_line_is_ticked_off_once(ready_visit, checklist):
    visit = ready_visit(state="preparing")
    services.plan_checklist(visit, by=None)
    item = services.complete_item(visit.checklist.get(step__code="terms"), by=None)
    with pytest.raises(StepRefused, match="already"):
        services.complete_item(item, by=None)


def test_checklist_without_days_says_what_to_do(new_visit, checklist):
    with pytest.raises(StepRefused, match="enter the days of the visit"):
        services.plan_checklist(new_visit(), by=None)


# Report and follow-up


@pytest.mark.parametrize("was", ReportStage)
def test_report_takes_only_listed_steps(new_visit, was):
    visit = new_visit(
        state="done", starts_on=date(2019, 6, 3), report_stage=was, report_symbol="A/HRC/44/53/Add.1",
        presented_at=Session.objects.get(forum="HRC", number=44),
    )  # fmt: skip
    for to in ReportStage:
        Visit.objects.update(report_stage=was)
        if to in NEXT_REPORT[was]:
            assert services.report_step(visit, to, by=None).report_stage == to
        else:
            with pytest.raises(StepRefused, match="cannot become"):
                services.report_step(visit, to, by=None)


@pytest.mark.demand("WP-25-2")
@pytest.mark.parametrize(("kind", "word"), [("promotional", "A promotional"), ("advisory", "An advisory")])
def test_other_visits_report_nothing(new_visit, kind, word):
    visit = new_visit(kind=kind, state="done", starts_on=date(2021, 6, 3))
    sentence = f"{word} visit makes no findings, so it has no statement, no report and no dialogue."
    for refused in (
        lambda: services.report_step(visit, "statement", by=None),
        lambda: services.follow_up(visit, by=None, note="A word."),
    ):
        with pytest.raises(StepRefused) as error:
            refused()
        assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("stage", "to", "says"),
    [
        ("with_state", "issued", "comes out as an addendum"),
        ("issued", "presented", "at which session"),
    ],
)
def test_report_needs_its_symbol_and_its_session(new_visit, stage, to, says):
    visit = new_visit(state="done", starts_on=date(2019, 6, 3), report_stage=stage)
    with pytest.raises(StepRefused, match=says):
        services.report_step(visit, to, by=None)


def test_statement_may_be_given_on_the_last_day_and_the_rest_follows(new_visit):
    visit = new_visit(state="under_way", starts_on=date(2021, 6, 28), ends_on=date(2021, 7, 1))
    visit = services.report_step(visit, "statement", by=None, statement_url="https://www.example.org/statement")
    assert visit.statement_url == "https://www.example.org/statement"
    with pytest.raises(StepRefused, match="Record the visit as carried out first"):
        services.report_step(visit, "with_state", by=None)


@pytest.mark.demand("WP-24-2")
def test_follow_up_is_under_way_from_its_first_word(new_visit, officer):
    visit = new_visit(state="done", starts_on=date(2019, 6, 3), follow_up="expected")
    visit = services.follow_up(visit, by=officer, on=date(2021, 5, 3), note="The ministry asked about a bill.")
    assert (visit.follow_up, steps_of(visit)) == ("under_way", [("", date(2021, 5, 3))])


# Conversations


def test_conversation_with_a_next_step_opens_a_deadline(new_candidate, officer):
    contact = services.log_contact(
        new_candidate(), by=officer, kind="meeting", office="Permanent Mission", summary="Interest.",
        next_step="Write again", next_on=date(2021, 9, 1),
    )  # fmt: skip
    assert (contact.deadline.due_on, contact.deadline.title) == (date(2021, 9, 1), "Write again: Armenia")
    with pytest.raises(TypeError):
        type(contact).objects.update(summary="Nothing.")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"next_on": date(2021, 9, 1)}, "what the next step is"),
        ({"next_on": date(2021, 6, 1), "next_step": "Write"}, "is past"),
        ({"on": date(2021, 8, 1)}, "once it was held"),
    ],
)
def test_conversation_that_cannot_be_is_refused(new_visit, given, says):
    with pytest.raises(StepRefused, match=says):
        services.log_contact(new_visit(), by=None, kind="call", office="Mission", summary="Words.", **given)


# Warnings


def test_travel_beyond_what_is_assigned_warns(new_visit, officer, assistant):
    visit = new_visit(starts_on=date(2022, 1, 10), ends_on=date(2022, 1, 20))
    visit.team.create(role="staff", user=officer)
    visit.team.create(role="staff", user=assistant)
    assert services.warnings_for(visit) == [
        "The visit lasts 11 days; the travel assigned is 10 days a visit.",
        "2 members of staff travel; Note 2 assigns travel to 1 beside the mandate holder.",
        "research-assistant is paid from outside OHCHR; a country visit is paid from the UN regular budget only.",
    ]
