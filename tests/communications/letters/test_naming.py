"""R4: whom a letter names, and what it relies on."""

import pytest

from communications.cases.enums import Use
from communications.cases.models import Case
from communications.desk import filing
from communications.exceptions import StepRefused
from communications.letters import drafts, guards, naming, sending
from communications.models import Letter, NamingOverride
from communications.services import move
from iesogi.deadlines.days import today

pytestmark = pytest.mark.django_db


def named(letter, desk, *, text="It speaks of A.", codes=("A",)):
    ref = letter.cases.get().ref
    return drafts.write(letter, text=text, named={ref: list(codes)}, base=letter.draft_version, unlocked=desk)


def says(case, desk, use, answer="no"):
    given = {"given_on": today(), "given_by": "the person", "how": "written"}
    filing.record_consent(case, unlocked=desk, code="A", use=use, answer=answer, **given)


def up(letter, desk, risk):
    Letter.objects.update(risk_assessment=risk)
    return move(letter, "approval", by=desk.user, on=today())


def test_named_with_consent_relies_on_consent(draft, desk, holder, risk):
    up(named(draft, desk), desk, risk)
    letter = sending.approve(draft, unlocked=holder)
    assert (letter.names_people, letter.naming_basis) == (True, "consent")
    assert sending.send(draft, on=today(), unlocked=desk).state == "sent"


def test_before_the_approval_has_judged_nobody_is_said_to_lack_consent(draft, desk, risk):
    letter = up(named(draft, desk), desk, risk)
    assert letter.names_people
    assert guards.blockers(letter, "sent", by=desk.user, on=today()) == ["The mandate holder has not approved it yet."]


@pytest.mark.parametrize("use", [Use.LETTER.value, Use.TO_GOVERNMENT.value, "*"])
def test_consent_taken_back_after_the_approval_stops_the_sending(draft, taken_up, desk, holder, risk, use):
    up(named(draft, desk), desk, risk)
    sending.approve(draft, unlocked=holder)
    says(taken_up, desk, use)
    with pytest.raises(StepRefused, match=r"has not agreed to be named|was withdrawn"):
        sending.send(draft, on=today(), unlocked=desk)
    assert Letter.objects.get().state == "approval"


def test_consent_that_another_lacks_does_not_stop_it(draft, taken_up, desk, holder, risk):
    """The readable column is the strictest of the case; sealed answers are judged person by person."""
    Case.objects.update(may_be_named_to_state=False)
    up(named(draft, desk), desk, risk)
    assert sending.approve(draft, unlocked=holder).naming_basis == "consent"


def test_name_that_the_draft_does_not_admit_is_found_by_who_opens_names(draft, desk, holder, risk):
    up(named(draft, desk, text="They took ZAHRA canary away.", codes=()), desk, risk)
    with pytest.raises(StepRefused, match=r"the draft does not say so \(IE-.*: A\)"):
        sending.approve(draft, unlocked=holder)


def test_naming_without_consent_takes_two_persons_and_a_reason(draft, taken_up, desk, second, holder, risk):
    says(taken_up, desk, Use.TO_GOVERNMENT.value)
    up(named(draft, desk), desk, risk)
    with pytest.raises(StepRefused, match="has not agreed to be named"):
        sending.approve(draft, unlocked=holder)
    with pytest.raises(StepRefused, match="Say why"):
        naming.ask_override(draft, reason=" ", unlocked=desk)
    naming.ask_override(draft, reason="The name is in every paper, and protects.", unlocked=desk)
    with pytest.raises(StepRefused, match="Two persons"):
        naming.agree_override(draft, unlocked=desk)
    naming.agree_override(draft, unlocked=holder)
    assert sending.approve(draft, unlocked=holder).naming_basis == "override"
    assert drafts.reasons(draft, unlocked=desk)[0]["text"].startswith("The name is in every paper")
    assert sending.send(draft, on=today(), unlocked=second).sent_by == second.user


def test_decision_on_a_name_holds_for_its_version_alone(draft, taken_up, desk, holder):
    says(taken_up, desk, Use.TO_GOVERNMENT.value)
    naming.ask_override(named(draft, desk), reason="It protects.", unlocked=desk)
    naming.agree_override(draft, unlocked=holder)
    again = named(Letter.objects.get(), desk, text="It speaks of A again.")
    assert NamingOverride.objects.get().version == again.draft_version - 1
    with pytest.raises(StepRefused, match="has not agreed"):
        naming.basis(again, unlocked=desk)


@pytest.mark.parametrize(
    ("columns", "names", "basis", "lamp"),
    [
        ({}, False, "", "unnamed"),
        ({}, True, "", "agreed"),
        ({"may_be_named_to_state": False}, True, "", "lacking"),
        ({"may_be_named_to_state": False}, True, "consent", "agreed"),
        ({"may_be_named_to_state": False}, True, "override", "override"),
        (
            {
                "consent_withdrawn": True,
                "agrees_to_letter": False,
                "may_be_named_to_state": False,
                "may_be_named_publicly": False,
                "may_be_named_in_press": False,
            },
            False,
            "",
            "withdrawn",
        ),
    ],
)
def test_lamp_follows_the_cases_as_they_are(draft, columns, names, basis, lamp):
    Case.objects.update(**columns) if columns else None
    Letter.objects.update(names_people=names, naming_basis=basis)
    assert Letter.objects.with_lamp().get().lamp == lamp
