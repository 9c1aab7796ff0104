"""Every step of a case: which are allowed, what blocks a proposal, and what is left behind in the audit."""

import pytest

from communications.cases.enums import NEXT, CaseState, Criterion, Outcome
from communications.cases.models import Case
from communications.desk import bonds, entering, opening, steps, writing
from communications.exceptions import StepRefused
from iesogi.accounts.enums import PaidBy
from iesogi.audit.models import Entry
from iesogi.vault import intake
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import NotAMember
from iesogi.vault.models import SealedRecord
from tests.communications.desk.conftest import WHOLE

pytestmark = pytest.mark.django_db
BY_A_SERVICE_OF_ITS_OWN = {CaseState.MERGED, CaseState.ERASED}


def put(case, state, **columns):
    into = Case.objects.exclude(pk=case.pk).first() if state == CaseState.MERGED else None
    Case.objects.filter(pk=case.pk).update(state=state, merged_into=into, **columns)
    case.refresh_from_db()


def move(case, to, unlocked, **given):
    return steps.move(case, to=to, unlocked=unlocked, **{"reason": "Because.", "outcome": Outcome.OTHER, **given})


@pytest.mark.parametrize("was", CaseState)
def test_case_moves_along_listed_steps_only(decider, case, new_case, was):
    new_case()
    for to in CaseState:
        put(case, was)
        if to in NEXT[was] - BY_A_SERVICE_OF_ITS_OWN:
            assert move(case, to, decider).state == to
            entry = Entry.objects.in_chain_order().last()
            assert (entry.verb, entry.by, entry.data["was"], entry.data["to"]) == ("case.moved", decider.user, was, to)
        else:
            with pytest.raises(StepRefused):
                move(case, to, decider)


@pytest.mark.parametrize("to", sorted(NEXT[CaseState.PROPOSED]))
def test_mandate_holder_decides_and_the_desk_takes_back(desk, case, to):
    put(case, CaseState.PROPOSED)
    if to == CaseState.UNDER_REVIEW:
        assert move(case, to, desk).state == to
    else:
        with pytest.raises(StepRefused, match="The mandate holder decides"):
            move(case, to, desk)


@pytest.mark.parametrize(
    ("lacks", "says"),
    [({"sender": ""}, "takes no anonymous report"), ({"victims": ""}, "C1"), ({"perpetrators": ""}, "C2")],
)
def test_incomplete_case_is_not_proposed_and_says_what_is_missing(desk, new_case, lacks, says):
    case = new_case(**lacks)
    put(case, CaseState.UNDER_REVIEW)
    with pytest.raises(StepRefused, match=says):
        move(case, CaseState.PROPOSED, desk)


def test_missing_home_steps_are_a_warning_and_no_block(desk, new_case):
    case = new_case(done_at_home="")
    put(case, CaseState.UNDER_REVIEW)
    assert move(case, CaseState.PROPOSED, desk).state == CaseState.PROPOSED


def test_withdrawn_consent_blocks_a_proposal(desk, case):
    put(case, CaseState.UNDER_REVIEW, agrees_to_letter=False, may_be_named_to_state=False,
        may_be_named_publicly=False, may_be_named_in_press=False, consent_withdrawn=True)  # fmt: skip
    with pytest.raises(StepRefused, match="withdrawn"):
        move(case, CaseState.PROPOSED, desk)


def test_what_is_learnt_later_opens_the_way(desk, new_case):
    case = new_case(sender="")
    steps.record_met(case, criterion=Criterion.C3, reason="By phone, through a custodian.", unlocked=desk)
    put(case, CaseState.UNDER_REVIEW)
    assert move(case, CaseState.PROPOSED, desk).state == CaseState.PROPOSED
    assert "By phone" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize("to", [CaseState.DECLINED, CaseState.PARKED])
def test_decision_needs_a_reason(desk, case, to):
    put(case, CaseState.UNDER_REVIEW)
    with pytest.raises(StepRefused, match="Say why"):
        move(case, to, desk, reason=" ")


def test_ending_needs_an_outcome_for_the_figures(desk, case):
    put(case, CaseState.UNDER_REVIEW)
    with pytest.raises(StepRefused, match="outcome"):
        move(case, CaseState.DECLINED, desk, outcome="")
    assert move(case, CaseState.DECLINED, desk, outcome=Outcome.OUTSIDE).outcome == Outcome.OUTSIDE
    assert move(case, CaseState.UNDER_REVIEW, desk).outcome == ""


def test_reason_is_sealed_and_stands_nowhere_else(desk, case):
    put(case, CaseState.UNDER_REVIEW)
    move(case, CaseState.PARKED, desk, reason="A canary in a reason.")
    notes = opening.look(case, unlocked=desk).notes
    assert notes[0].content == {"text": "A canary in a reason.", "by": "amal"}
    assert "canary in a reason" not in str(list(Entry.objects.values()))
    assert all(b"canary in a reason" not in bytes(row.body or b"") for row in SealedRecord.objects.all())


def test_second_officer_who_takes_the_same_step_is_refused(desk, second, case):
    seen_by_second = Case.objects.get(pk=case.pk)
    move(case, CaseState.UNDER_REVIEW, desk)
    with pytest.raises(StepRefused, match="Look at it again"):
        move(seen_by_second, CaseState.UNDER_REVIEW, second)


def test_question_is_read_by_the_source_alone_and_waits(desk, case):
    writing.answer(case, text="When was it?", unlocked=desk, is_question=True)
    case.refresh_from_db()
    assert case.state == CaseState.MORE_INFO
    thread = intake.open_by_number(case.number)
    assert [answer.content["text"] for answer in intake.answers(thread)] == ["When was it?"]
    assert "When was it" not in str(list(Entry.objects.values()))


def test_answer_that_asks_nothing_leaves_the_state(desk, case):
    writing.answer(case, text="Thank you.", unlocked=desk)
    case.refresh_from_db()
    assert case.state == CaseState.RECEIVED


def test_case_without_a_number_cannot_be_answered(desk):

    by_mail = entering.enter(WHOLE, by=desk.user)
    with pytest.raises(StepRefused, match="without a number"):
        writing.answer(by_mail, text="Thank you.", unlocked=desk)


def test_last_working_title_counts(desk, case):
    writing.name(case, text="First", unlocked=desk)
    writing.name(case, text="Second", unlocked=desk)
    assert opening.look(case, unlocked=desk).title == "Second"


def test_case_is_given_only_to_who_may_open_cases(desk, second, case, manager):
    assert steps.assign(case, to=second.user, unlocked=desk).assigned_to == second.user
    with pytest.raises(StepRefused, match="may not open cases"):
        steps.assign(case, to=manager, unlocked=desk)
    assert steps.assign(case, to=None, unlocked=desk).assigned_to is None


def test_funding_that_ended_stops_every_step(desk, case):
    desk.user.paid_by = PaidBy.OUTSIDE
    desk.user.save()
    with pytest.raises((StepRefused, NotAMember), match="OHCHR"):
        move(case, CaseState.UNDER_REVIEW, desk)


def test_duplicate_is_marked_on_both_and_taken_away_by_the_same(desk, case, new_case):
    other = new_case()
    bonds.mark_duplicate(case, ref=other.ref.lower(), unlocked=desk)
    assert list(other.duplicates.all()) == [case]
    bonds.mark_duplicate(case, ref=other.ref, unlocked=desk)
    assert not other.duplicates.exists()


def test_merge_leads_on_and_can_be_undone(desk, case, new_case):
    into = new_case()
    merged = bonds.merge(case, ref=into.ref, reason="One matter.", unlocked=desk)
    assert (merged.state, merged.merged_into) == (CaseState.MERGED, into)
    assert opening.look(case, unlocked=desk).notes[0].content["text"] == "One matter."
    again = move(merged, CaseState.UNDER_REVIEW, desk)
    assert again.merged_into is None


@pytest.mark.parametrize("wrong", ["itself", "unknown", "reason", "erased", "closed"])
def test_merge_that_makes_no_sense_is_refused(desk, case, new_case, wrong):
    into = new_case()
    if wrong == "erased":
        put(into, CaseState.ERASED)
    if wrong == "closed":
        put(case, CaseState.CLOSED)
    ref = {"itself": case.ref, "unknown": "IE-00-NONE"}.get(wrong, into.ref)
    with pytest.raises(StepRefused):
        bonds.merge(case, ref=ref, reason="" if wrong == "reason" else "One matter.", unlocked=desk)
    case.refresh_from_db()
    assert case.merged_into is None


def break_record(case, kind):
    SealedRecord.objects.filter(compartment=case.content_id, kind=kind).update(mark=bytes(32))


def test_nothing_is_written_beside_a_damaged_report(desk, case, new_case):
    other = new_case()
    break_record(case, Kind.REPORT)
    before = SealedRecord.objects.count()
    acts = [
        lambda: writing.add_note(case, text="x", unlocked=desk),
        lambda: writing.answer(case, text="x", unlocked=desk),
        lambda: writing.name(case, text="x", unlocked=desk),
        lambda: move(case, CaseState.UNDER_REVIEW, desk),
        lambda: steps.record_met(case, criterion=Criterion.C5, reason="x", unlocked=desk),
        lambda: bonds.merge(case, ref=other.ref, reason="x", unlocked=desk),
    ]
    for act in acts:
        with pytest.raises(StepRefused, match="damaged"):
            act()
    case.refresh_from_db()
    assert (SealedRecord.objects.count(), case.state) == (before, CaseState.RECEIVED)


def test_erased_case_takes_nothing(desk, case):
    put(case, CaseState.ERASED, content=None)
    with pytest.raises(StepRefused, match="erased"):
        writing.add_note(case, text="x", unlocked=desk)


def test_member_of_no_channel_writes_nothing(custodian, case):
    with pytest.raises(NotAMember):
        writing.add_note(case, text="x", unlocked=custodian)
