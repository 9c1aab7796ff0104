"""What the database itself refuses, past every form."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from communications.enums import LetterState
from communications.models import Letter, Signatory, Step
from iesogi.reference.models import Mandate

pytestmark = pytest.mark.django_db

WAY = {"number": None, "year": None, "reference_code": "", "sent_on": None}
BROKEN = {
    "letter_unsent_is_in_no_register": {"state": LetterState.DRAFT, "public": True},
    "letter_approval_is_dated_and_open": {"approved_on": date(2021, 2, 1)},
    "letter_written_here_went_the_whole_way": {"draft_version": 1},
    "letter_names_only_with_consent": {"names_people": True},
    "letter_reference_is_whole": {"number": None},
    "letter_has_one_addressee": {"country": None},
    "letter_sent_has_its_day": {"sent_on": None},
    "letter_replied_has_its_day": {"state": LetterState.REPLIED, "replied_on": None},
    "letter_is_searched_once_public": {"search_text": "words"},
    "letter_published_is_public": {"state": LetterState.PUBLISHED, "public": False},
    "letter_joint_agrees_with_its_count": {"joint": True, "mandate_count": 1},
    "letter_reply_comes_after_sending": {"replied_on": date(2021, 2, 28)},
}
MORE = [
    {"state": "lost"},
    {"number": 0},
    {"year": None},
    {"reference_code": ""},
    {"other_addressee": "A company"},
    {"published_on": date(2021, 9, 1)},
    {"joint": False, "mandate_count": 8},
]


@pytest.mark.parametrize("broken", [*BROKEN.values(), *MORE])
def test_database_refuses_what_contradicts_itself(new_letter, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        new_letter(**broken)


@pytest.mark.parametrize(("constraint", "broken"), BROKEN.items())
def test_each_constraint_says_its_sentence(new_letter, constraint, broken):
    letter = new_letter()
    for name, value in broken.items():
        setattr(letter, name, value)
    with pytest.raises(ValidationError) as refused:
        letter.full_clean()
    rule = next(each for each in Letter._meta.constraints if each.name == constraint)
    assert str(rule.violation_error_message) in refused.value.messages


def test_every_constraint_on_letters_is_tried():
    apart = {"letter_reference_once", "letter_state_is_known", "letter_sent_by_another_than_approved"}
    apart |= {"letter_follows_another"}
    assert {each.name for each in Letter._meta.constraints} == BROKEN.keys() | apart


def test_no_letter_follows_up_itself(letter, new_letter):
    letter.follows_up = letter
    with pytest.raises(ValidationError, match="A letter does not follow up itself"):
        letter.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        letter.save()
    letter.follows_up = new_letter(number=3)
    letter.save()


def test_database_wants_two_persons_behind_a_letter(new_letter, officer, holder):
    whole = {"approved_by": holder, "approved_on": date(2021, 2, 28)}
    for broken in (whole | {"sent_by": holder}, {"sent_by": officer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            new_letter(**broken)
    assert new_letter(**whole, sent_by=officer).sent_by == officer


@pytest.mark.parametrize("state", [LetterState.DRAFT, LetterState.CLEARANCE, LetterState.WITHDRAWN])
def test_approval_does_not_outlive_the_way_back(new_letter, holder, state):
    with pytest.raises(IntegrityError), transaction.atomic():
        new_letter(state=state, approved_by=holder, approved_on=date(2021, 2, 28), **WAY)


def test_letter_in_the_making_may_keep_its_state_sealed(new_letter):
    letter = new_letter(state=LetterState.DRAFT, country=None, **WAY)
    letter.full_clean()
    assert not letter.addressee


@pytest.mark.parametrize("kind", ["AL", "UA", "OL", ""])
def test_reference_is_recorded_once_over_all_types(new_letter, kind):
    new_letter(kind="AL")
    with pytest.raises(IntegrityError), transaction.atomic():
        new_letter(kind=kind)


def test_same_number_may_stand_in_another_year_and_letters_without_number_beside_each_other(new_letter):
    new_letter()
    new_letter(year=2022)
    for _each in range(2):
        new_letter(reference_code="", number=None, year=None)
    assert Letter.objects.count() == 4


def test_year_of_the_reference_may_differ_from_the_year_of_sending(new_letter):
    letter = new_letter(year=2020, sent_on=date(2021, 1, 20))
    letter.full_clean()
    assert (letter.reference, letter.sent_on.year) == ("AL KAZ 2/2020", 2021)


def test_code_and_state_must_agree(letter, egypt):
    letter.country = egypt
    with pytest.raises(ValidationError, match="The reference names “KAZ”, which is not Egypt"):
        letter.full_clean()


def test_letter_to_another_addressee_keeps_its_code(new_letter):
    letter = new_letter(country=None, other_addressee="A company", reference_code="OTH", kind="OL")
    letter.full_clean()
    assert (str(letter), letter.addressee) == ("OL OTH 2/2021", "A company")


def test_letter_without_number_is_named_by_its_row(new_letter):
    letter = new_letter(reference_code="", number=None, year=None)
    assert str(letter) == f"Letter {letter.pk}, not numbered yet"


def test_mandates_sign_once_each_in_their_order(letter):
    ours, other = (Mandate.objects.create(code=code, label=code) for code in ("ie-sogi", "torture"))
    Signatory.objects.create(letter=letter, mandate=other, order=2)
    Signatory.objects.create(letter=letter, mandate=ours, order=1)
    assert [row.mandate for row in letter.signatories.all()] == [ours, other]
    for doubled in ({"mandate": ours, "order": 3}, {"mandate": Mandate.objects.create(code="x"), "order": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signatory.objects.create(letter=letter, **doubled)


def test_steps_are_never_changed_and_keep_their_letter(letter):
    step = Step.objects.create(letter=letter, was="sent", to="published", on=date(2021, 9, 1))
    with pytest.raises(TypeError, match="never changed"):
        Step.objects.filter(pk=step.pk).update(reason="another")
    with pytest.raises(TypeError, match="never deleted"):
        Step.objects.all().delete()
    with pytest.raises(ProtectedError):
        letter.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(letter=letter, was="published", to="closed", on=date(2021, 9, 1))
