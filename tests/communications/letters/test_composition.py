"""Cases of a letter, chosen anew while it is in draft."""

import pytest

from communications.cases.models import Case
from communications.exceptions import StepRefused
from communications.letters import composition, drafts, guards, sending
from communications.models import Letter, LetterCase, Signatory
from communications.services import move
from iesogi.audit.models import Entry
from iesogi.deadlines.days import today
from tests.communications.letters.conftest import take_up
from tests.communications.letters.test_pages import at, said
from tests.communications.letters.test_way import NOTHING_AGREED

pytestmark = pytest.mark.django_db
SECOND = "Officers closed the bookshop and kept the keys."


@pytest.fixture
def other(new_case, desk, kazakhstan):
    """A second case on the same State, taken up as well."""
    case = take_up(new_case(account=SECOND, victims="Omar Canary"), desk)
    Case.objects.filter(pk=case.pk).update(country=kazakhstan)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def both(draft, other, desk):
    return composition.add_case(draft, other, unlocked=desk)


def text_of(letter, desk):
    return drafts.latest(letter, unlocked=desk).text


def test_added_case_stands_at_the_end_until_a_person_places_it(draft, other, desk, holder, torture):
    Signatory.objects.create(letter=draft, mandate=torture, order=1, clearance="cleared", asked_on=today(),
                             answered_on=today(), answered_by="Its office")  # fmt: skip
    letter = composition.add_case(draft, other, unlocked=desk)
    text = text_of(letter, desk)
    assert text.index("[Put this in its place]") < text.index(SECOND)
    assert "Canary" not in text
    assert (letter.draft_version, Signatory.objects.get().clearance) == (2, "not_asked")
    assert set(letter.cases.all()) == {*draft.cases.all(), other}
    Letter.objects.update(state="approval")
    with pytest.raises(StepRefused, match=r"\[Put this in its place\]"):
        sending.approve(letter, unlocked=holder)


def test_case_that_is_taken_out_takes_its_paragraphs_along(both, other, desk, holder):
    letter = composition.take_out(both, other, unlocked=desk)
    text = text_of(letter, desk)
    assert SECOND not in text
    assert "They came at night to the café" in text
    assert text.count("are referred to here as A.") == 1
    assert other not in letter.cases.all()
    assert (letter.draft_version, len(drafts.versions(letter, unlocked=desk))) == (3, 3)
    Letter.objects.update(state="approval")
    with pytest.raises(StepRefused, match=r"\[A case was taken out: read the text whole\]"):
        sending.approve(letter, unlocked=holder)


def test_case_whose_people_the_text_names_stays_until_they_are_out_of_it(both, other, desk, holder):
    drafts.write(both, text="A of the bookshop.", named={other.ref: ["A"]}, base=2, unlocked=desk)
    with pytest.raises(StepRefused, match=rf"names somebody of {other.ref}: A"):
        composition.take_out(both, other, unlocked=desk)
    drafts.write(both, text="OMAR canary of the bookshop.", named={}, base=3, unlocked=desk)
    with pytest.raises(StepRefused, match="names somebody"):
        composition.take_out(both, other, unlocked=holder)
    assert LetterCase.objects.count() == 2


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"state": "under_review"}, "has taken the case up"),
        (NOTHING_AGREED, "was withdrawn"),
        ({"country": None}, "does not concern the State"),
    ],
)
def test_case_is_added_only_where_a_letter_could_begin_on_it(draft, other, desk, columns, sentence):
    Case.objects.filter(pk=other.pk).update(**columns)
    with pytest.raises(StepRefused, match=sentence):
        composition.add_case(draft, other, unlocked=desk)
    assert Letter.objects.get().draft_version == 1


def test_cases_stay_as_they_are_after_the_draft(both, other, taken_up, desk):
    with pytest.raises(StepRefused, match="in the letter already"):
        composition.add_case(both, other, unlocked=desk)
    move(both, "approval", by=desk.user, on=today())
    for change in (composition.add_case, composition.take_out):
        with pytest.raises(StepRefused, match="in draft only"):
            change(both, other, unlocked=desk)


def test_only_case_stays_for_the_text_is_erased_with_it(draft, taken_up, desk):
    with pytest.raises(StepRefused, match="withdraw the letter"):
        composition.take_out(draft, taken_up, unlocked=desk)


def test_guard_says_which_way_leads_on_when_consent_is_withdrawn(both, other, desk):
    Case.objects.filter(pk=other.pk).update(**NOTHING_AGREED)
    assert "Take the case out of the letter" in guards.blockers(both, "approval", by=desk.user, on=today())[0]
    composition.take_out(both, other, unlocked=desk)
    assert guards.blockers(both, "approval", by=desk.user, on=today()) == []


def test_pages_add_a_case_and_take_it_out(draft, other, taken_up, desk, enter):
    client = enter(desk)
    assert at("add_case", draft.pk) in said(client.get(at("text", draft.pk)))
    assert str(taken_up) not in said(client.get(at("add_case", draft.pk))).partition("<select")[2]
    assert client.post(at("add_case", draft.pk), {"case": other.pk}).status_code == 302
    assert "Places still to fill in the text: <bdi>[Put this in its place]</bdi>" in said(
        client.get(at("text", draft.pk))
    )
    assert other.ref in said(client.get(at("take_out", draft.pk, other.pk)))
    assert Letter.objects.get().cases.count() == 2
    assert client.post(at("take_out", draft.pk, other.pk)).status_code == 302
    assert client.get(at("take_out", draft.pk, other.pk)).status_code == 404
    assert "speaks of no other case" in said(client.post(at("take_out", draft.pk, taken_up.pk)))
    told = str(list(Entry.objects.filter(verb__startswith="letter.case").values_list("verb", "data")))
    assert "case_added" in told
    assert not any(word in told for word in ("bookshop", other.ref))
