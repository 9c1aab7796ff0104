"""The procedure, tested whole, with the clock that runs beside it."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from communications import services
from communications.enums import NEXT, UNSENT, Clearance, LetterState
from communications.exceptions import StepRefused
from communications.models import Letter, Signatory, Step
from iesogi.audit.models import Entry
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.enums import ReminderState, State
from iesogi.deadlines.exceptions import DeadlineRefused
from iesogi.deadlines.models import Deadline, Reminder
from iesogi.reference.models import Mandate
from iesogi.safety.models import RiskAssessment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring")]

SENT = date(2021, 3, 1)
TODAY = date(2021, 3, 20)


@pytest.fixture
def spring():
    with time_machine.travel("2021-03-20T12:00:00Z", tick=False):
        yield


@pytest.fixture
def registered(kazakhstan):
    letter = Letter(kind="AL", country=kazakhstan, reference_code="KAZ", number=2, year=2021)
    return services.register(letter, sent_on=SENT, by=None)


@pytest.fixture
def written_here(officer, holder):
    """`written_here(state)`: what a letter with a text has by then."""
    risk = RiskAssessment.objects.create(
        subject_label="A letter",
        method="communication",
        threat="Officials",
        mitigation="No names",
        safe_contact="By the source",
        verdict="go",
        decided_by=officer,
        decided_on=SENT,
        review_on=TODAY,
        **dict.fromkeys(["likelihood", "severity", "exposure", "digital"], 1),
    )

    def make(state):
        approved = {"approved_by": holder, "approved_on": SENT} if state == LetterState.APPROVAL else {}
        return {"draft_version": 1, "risk_assessment": risk, **approved}

    return make


@pytest.mark.parametrize("was", LetterState)
@pytest.mark.parametrize("to", LetterState)
def test_move_allows_only_listed_steps(new_letter, written_here, officer, was, to):
    """From a letter that has all a step asks for, so that only the table decides."""
    letter = new_letter(
        state=was,
        replied_on=date(2021, 3, 10) if was == LetterState.REPLIED else None,
        **(written_here(was) if was in UNSENT else {}),
    )
    if was in UNSENT:
        mandate = Mandate.objects.create(code="torture", label="Special Rapporteur on torture")
        row = Signatory(letter=letter, mandate=mandate, order=1, clearance=Clearance.CLEARED, answered_by="Its office")
        row.asked_on = row.answered_on = TODAY
        row.save()
    given = {"by": officer, "on": TODAY, "reason": "Done with.", "names_judged": True}
    if to in NEXT[was]:
        assert services.move(letter, to, **given).state == to
        assert list(Step.objects.values_list("was", "to", "on", "reason")) == [(was, to, TODAY, "Done with.")]
        assert list(Entry.objects.filter(verb__startswith="letter.").values_list("verb", "data")) == [
            ("letter.moved", {"was": was.value, "to": to.value, "on": "2021-03-20"})
        ]
    else:
        with pytest.raises(StepRefused, match=f"A letter that is “{was.label}” cannot become “{to.label}”."):
            services.move(letter, to, **given)
        assert Letter.objects.get().state == was
        assert not Entry.objects.exists()
        assert not Step.objects.exists()


def test_every_state_can_be_left_and_reached():
    assert NEXT.keys() == set(LetterState)
    assert set().union(*NEXT.values()) == set(LetterState)


def test_register_counts_sixty_days(registered):
    deadline = registered.reply_deadline
    assert (deadline.due_on, deadline.start_on, deadline.state) == (date(2021, 4, 30), SENT, State.OPEN)
    assert deadline.explanation.startswith("60 days from 1 March 2021 is Friday 30 April 2021.")


@pytest.mark.parametrize(("kind", "due"), [("UA", date(2021, 3, 31)), ("AL", date(2021, 4, 30))])
def test_days_for_a_reply_are_a_setting_per_type(settings, kazakhstan, kind, due):
    settings.REPLY_DAYS = {**settings.REPLY_DAYS, "UA": 30}
    letter = services.register(Letter(kind=kind, country=kazakhstan), sent_on=SENT, by=None)
    assert letter.reply_deadline.due_on == due


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_deadline_and_audit_never_tell_state_or_reference(kazakhstan, language):
    letter = Letter(kind="UA", country=kazakhstan, reference_code="KAZ", number=77, year=2021)
    with translation.override(language):
        letter = services.register(letter, sent_on=SENT, by=None)
        services.move(letter, "follow_up", by=None, on=TODAY, reason="Kazakhstan asked for more.")
    deadline = Deadline.objects.get(kind__code="letter-reply")
    assert (deadline.title, deadline.subject_label) == ("A reply is due", "A letter of the register")
    assert deadline.subject_url == f"/admin/communications/letter/{letter.pk}/change/"
    assert deadline.kind.confidential
    written = " ".join(
        str(value) for model in (Deadline, Entry) for row in model.objects.values() for value in row.values()
    )
    assert "kaz" not in written.lower()
    assert "77/2021" not in written


def test_register_refuses_a_day_to_come(kazakhstan):
    with pytest.raises(StepRefused, match=r"21 March 2021 is still to come\."):
        services.register(Letter(country=kazakhstan), sent_on=date(2021, 3, 21), by=None)
    assert not Letter.objects.exists()


def test_register_refuses_a_reference_that_is_there(registered, kazakhstan):
    again = Letter(kind="UA", country=kazakhstan, reference_code="KAZ", number=2, year=2021)
    with pytest.raises(ValidationError, match="recorded already"):
        services.register(again, sent_on=SENT, by=None)
    assert Deadline.objects.count() == 1


def test_reply_completes_the_deadline_and_silences_it(registered):
    letter = services.move(registered, LetterState.REPLIED, on=date(2021, 3, 15), by=None)
    assert (letter.state, letter.replied_on) == (LetterState.REPLIED, date(2021, 3, 15))
    deadline = Deadline.objects.get()
    assert (deadline.state, deadline.done_on) == (State.DONE, date(2021, 3, 15))
    assert Reminder.objects.exists()
    assert not Reminder.objects.filter(state=ReminderState.WAITING).exists()


def test_late_reply_attaches_to_the_published_letter(registered):
    letter = services.publish(registered, on=date(2021, 3, 10), by=None)
    assert Deadline.objects.get().is_open
    letter = services.move(letter, LetterState.REPLIED, on=TODAY, by=None)
    assert (letter.replied_on, letter.public, letter.published_on) == (TODAY, True, date(2021, 3, 10))
    assert Deadline.objects.get().state == State.DONE


def test_second_reply_and_second_publication_keep_the_first_days(registered):
    letter = registered
    for to, day in [("replied", 5), ("published", 6), ("replied", 7), ("published", 8)]:
        letter = services.move(letter, to, by=None, on=date(2021, 3, day))
    assert (letter.replied_on, letter.published_on) == (date(2021, 3, 5), date(2021, 3, 6))
    assert [step.on.day for step in letter.steps.all()] == [5, 6, 7, 8]


def test_clock_of_a_letter_is_not_ticked_off_by_hand_and_its_reply_stops_it(registered):
    with pytest.raises(DeadlineRefused, match="once a reply in substance is recorded for the letter"):
        deadlines.complete(registered.reply_deadline, by=None)
    assert services.move(registered, LetterState.REPLIED, on=TODAY, by=None).state == LetterState.REPLIED


def test_closing_cancels_the_clock_and_says_why(registered):
    letter = services.publish(registered, on=TODAY, by=None)
    with pytest.raises(StepRefused, match="Say why"):
        services.move(letter, "closed", by=None, on=TODAY, reason="  ")
    services.move(letter, "closed", by=None, on=TODAY, reason="No reply is expected any more.")
    assert Deadline.objects.get().state == State.CANCELLED
    with pytest.raises(StepRefused, match="Say why"):
        services.move(letter, "follow_up", by=None, on=TODAY)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2021, 2, 28), "28 February 2021 is before the day on which the letter was sent, 1 March 2021."),
        (date(2021, 3, 21), "21 March 2021 is still to come."),
    ],
)
def test_step_happens_between_sending_and_today(registered, day, sentence):
    with pytest.raises(StepRefused, match=sentence):
        services.move(registered, LetterState.REPLIED, on=day, by=None)


def test_corrected_day_of_sending_counts_anew(registered):
    letter = services.record_sent(registered, sent_on=date(2020, 12, 1), by=None)
    old, new = Deadline.objects.order_by("pk")
    assert (old.state, new.state) == (State.CANCELLED, State.OPEN)
    assert (letter.reply_deadline, new.due_on) == (new, date(2021, 1, 30))


def test_corrected_day_of_sending_leaves_an_answered_letter_answered(registered):
    letter = services.move(registered, LetterState.REPLIED, on=TODAY, by=None)
    letter = services.record_sent(letter, sent_on=date(2021, 3, 2), by=None)
    assert (letter.sent_on, Deadline.objects.get().state) == (date(2021, 3, 2), State.DONE)
    Letter.objects.update(replied_on=date(2021, 3, 5))
    with pytest.raises(ValidationError, match="dated before the letter"):
        services.record_sent(letter, sent_on=date(2021, 3, 6), by=None)
