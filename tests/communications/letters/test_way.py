"""A letter from its first version to its number, and everything that stands in its way."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from communications import services
from communications.assessment.models import CriterionAnswer
from communications.cases.models import Case
from communications.cases.retention import erase
from communications.enums import Clearance, LetterState
from communications.exceptions import StepRefused
from communications.letters import drafts, sending
from communications.letters.persons import two_persons
from communications.models import Letter, LetterCase, LetterTemplate, Signatory, Step
from iesogi.audit.models import Entry
from iesogi.deadlines.days import today
from iesogi.safety.models import RiskAssessment
from tests.communications.letters.conftest import take_up

pytestmark = pytest.mark.django_db


def step(letter, to, by, **given):
    return services.move(letter, to, by=by.user, on=today(), **given)


def test_letter_goes_its_way_by_the_hands_of_two(draft, desk, holder, risk, torture, ours):
    Signatory.objects.bulk_create(
        Signatory(letter=draft, mandate=mandate, order=order) for order, mandate in enumerate([ours, torture], start=1)
    )
    Letter.objects.filter(pk=draft.pk).update(risk_assessment=risk)
    step(draft, LetterState.CLEARANCE, desk)
    with pytest.raises(StepRefused, match="Special Rapporteur on torture \\(Asked\\)"):
        step(draft, LetterState.APPROVAL, desk)
    row = Signatory.objects.get(mandate=torture)
    sending.record_clearance(
        row, answer=Clearance.CLEARED, on=today(), answered_by="Office of the Rapporteur", unlocked=desk
    )
    step(draft, LetterState.APPROVAL, desk)
    sending.approve(draft, unlocked=holder)
    with pytest.raises(StepRefused, match="Ask a colleague"):
        sending.send(draft, on=today(), unlocked=holder)
    letter = sending.send(draft, on=today(), unlocked=desk)
    assert (letter.state, letter.sent_on, letter.approved_by, letter.sent_by) == (
        "sent",
        today(),
        holder.user,
        desk.user,
    )
    assert letter.reply_deadline.is_open
    letter = sending.record_reference(letter, reference="kaz 7/2020", by=desk.user)
    assert letter.reference == "AL KAZ 7/2020"  # the year of the number is not the year of sending
    assert list(Step.objects.values_list("to", flat=True)) == ["clearance", "approval", "sent"]


def test_first_text_says_alleged_and_never_who_reported(draft, desk):
    text = drafts.latest(draft, unlocked=desk).text
    for words in (
        "Excellency",
        "the Government of Kazakhstan",
        "Independent Expert on SOGI",
        "They came at night to the café",
        "Alleged perpetrators: Two men in uniform.",
        "The alleged victims are referred to here as A.",
        "Article 7 of the Covenant",
        "without binding force of their own",
        "within 60 days",
    ):
        assert words in text
    assert "Canary" not in text
    assert "$" not in text


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("kind", ["UA", "AL", "OL"])
def test_every_type_has_a_template_in_every_language(texts, kind, language):
    template = LetterTemplate.objects.get(kind=kind, language=language)
    template.full_clean()
    assert {"en": "alleg", "fr": "présumé", "es": "presunt"}[language] in template.body


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("It costs 3 $ and $allegations", "A single $"),
        ("$allegations by $source", "Nothing fills $source"),
        ("Nothing at all", "has no $allegations"),
    ],
)
def test_template_refuses_fields_that_nothing_fills(body, sentence):
    with pytest.raises(ValidationError, match=sentence.replace("$", "\\$")):
        LetterTemplate(kind="AL", language="en", body=body).full_clean()


@pytest.mark.parametrize("broken", ["state", "withdrawn"])
def test_letter_begins_on_a_case_that_was_taken_up_and_agreed(draft, taken_up, desk, broken):
    Case.objects.filter(pk=taken_up.pk).update(
        **{"state": {"state": "under_review"}, "withdrawn": NOTHING_AGREED}[broken]
    )
    with pytest.raises(StepRefused, match=r"taken the case up|was withdrawn"):
        drafts.begin([taken_up], kind="AL", language="en", norms=[], unlocked=desk)


NOTHING_AGREED = {
    "consent_withdrawn": True,
    "agrees_to_letter": False,
    "may_be_named_to_state": False,
    "may_be_named_publicly": False,
    "may_be_named_in_press": False,
}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda letter: letter.cases.update(**NOTHING_AGREED), "speaks of no other case. Withdraw it"),
        (lambda letter: Letter.objects.update(risk_assessment=None), "no risk assessment yet"),
        (
            lambda letter: RiskAssessment.objects.update(
                decided_on=today() - timedelta(days=9), review_on=today() - timedelta(days=1)
            ),
            "held until",
        ),
        (lambda letter: Letter.objects.update(approved_by=None, approved_on=None), "has not approved"),
        (
            lambda letter: Letter.objects.update(state="draft", approved_by=None, approved_on=None),
            "not up for sending",
        ),
        (lambda letter: letter.cases.update(state="under_review"), "has to take it up"),
    ],
)
def test_sending_is_refused_in_a_sentence(approved, desk, change, sentence):
    change(approved)
    with pytest.raises(StepRefused, match=sentence):
        sending.send(approved, on=today(), unlocked=desk)
    assert Letter.objects.get().sent_on is None


@pytest.mark.parametrize("kind", ["UA", "AL", "OL"])
def test_type_needs_its_ground_in_the_case(draft, desk, kind):
    """R7: an appeal what goes on, an allegation what is past, another letter a law."""
    Letter.objects.update(kind=kind)
    ground = {"UA": "ongoing", "AL": "past", "OL": "law"}[kind]
    CriterionAnswer.objects.create(
        case=draft.cases.get(), question=ground, answer="not_known", by=desk.user, on=today()
    )
    with pytest.raises(StepRefused, match="needs a case of which was found"):
        step(draft, "approval", desk)


def test_only_the_page_of_the_text_sends(approved, desk):
    with pytest.raises(StepRefused, match="from the page of its text"):
        step(approved, "sent", desk)


def test_way_back_needs_a_reason_and_ends_the_approval(approved, desk):
    with pytest.raises(StepRefused, match="Say why"):
        step(approved, "draft", desk)
    letter = step(approved, "draft", desk, reason="A fact was wrong.")
    assert (letter.approved_by, letter.approved_on) == (None, None)


def test_new_version_takes_clearances_away(draft, desk, torture):
    Signatory.objects.create(letter=draft, mandate=torture, order=1)
    step(draft, "clearance", desk)
    row = Signatory.objects.get()
    given = {"on": today(), "answered_by": "Its office", "unlocked": desk}
    with pytest.raises(StepRefused, match="Say what the mandate objects to"):
        sending.record_clearance(row, answer=Clearance.OBJECTED, **given)
    sending.record_clearance(row, answer=Clearance.OBJECTED, reason="Soften the second paragraph.", **given)
    assert drafts.reasons(draft, unlocked=desk)[0]["text"] == "Soften the second paragraph."
    step(draft, "draft", desk, reason="The mandate objected.")
    drafts.write(draft, text="Softer.", named={}, base=1, unlocked=desk)
    assert Signatory.objects.get().clearance == Clearance.NOT_ASKED


def test_version_that_was_overtaken_is_refused(draft, desk):
    drafts.write(draft, text="One.", named={}, base=1, unlocked=desk)
    with pytest.raises(StepRefused, match="Version 2 was written meanwhile"):
        drafts.write(draft, text="Another.", named={}, base=1, unlocked=desk)
    assert [version.number for version in drafts.versions(draft, unlocked=desk)] == [1, 2]


def test_text_is_written_in_draft_only(approved, desk):
    with pytest.raises(StepRefused, match="in draft only"):
        drafts.write(approved, text="Another.", named={}, base=1, unlocked=desk)


def test_only_the_mandate_holder_approves(draft, desk):
    step(draft, "approval", desk)
    with pytest.raises(StepRefused, match="Only the mandate holder"):
        sending.approve(draft, unlocked=desk)


def test_audit_tells_no_word_of_a_letter(approved, desk):
    sending.send(approved, on=today(), unlocked=desk)
    told = str(list(Entry.objects.filter(verb__startswith="letter.").values_list()))
    assert "letter.begun" in told
    assert not any(word in told for word in ("azakh", "KAZ", "café", "IE-2"))


def test_two_persons_are_two(desk, second):
    two_persons(desk.user, second.user)
    for pair in ((desk.user, desk.user), (None, desk.user), (desk.user, None)):
        with pytest.raises(StepRefused, match="Two persons"):
            two_persons(*pair)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nonsense", "is not a reference number"),
        ("AL KAZ 1/2099", "still to come"),
        ("UA KAZ 3/2021", "The reference says"),
        ("AL KAZ 2/2021", "recorded already"),
    ],
)
def test_reference_is_judged(approved, new_letter, desk, text, sentence):
    new_letter()
    letter = sending.send(approved, on=today(), unlocked=desk)
    with pytest.raises((StepRefused, ValidationError), match=sentence):
        sending.record_reference(letter, reference=text, by=desk.user)


def test_reference_comes_after_sending(draft, desk):
    with pytest.raises(StepRefused, match="after sending"):
        sending.record_reference(draft, reference="AL KAZ 7/2021", by=desk.user)


def test_text_is_erased_with_the_last_case_it_speaks_of(draft, taken_up, new_case, desk):
    other = take_up(new_case(), desk)
    LetterCase.objects.create(letter=draft, case=other, added_by=desk.user)
    long_ago = today() - timedelta(days=1)
    Case.objects.update(state="closed", expires_on=long_ago, has_news=False)
    assert erase(taken_up.pk, on=today())
    assert drafts.latest(draft, unlocked=desk).number == 1
    assert erase(other.pk, on=today())
    letter = Letter.objects.get()
    assert (letter.content_id, letter.draft_version) == (None, 1)
    with pytest.raises(StepRefused, match="erased with its cases"):
        drafts.latest(letter, unlocked=desk)


def test_places_left_open_are_no_letter(texts, ours, desk, holder):
    letter = drafts.begin([], kind="OL", language="en", norms=[], unlocked=desk)
    step(letter, "approval", desk)
    with pytest.raises(StepRefused, match=r"\[Describe\] \[Choose norms\] \[Addressee\]"):
        sending.approve(letter, unlocked=holder)
