"""Many people at one letter at the same moment: one step is taken, the others are refused in a sentence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from communications import services
from communications.clock.bulk import draft_for
from communications.clock.models import MissionReminder
from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.letters import sending
from communications.models import Letter, Publication, Reply, Step
from communications.publication import bulk
from communications.publication import services as publication
from communications.replies import services as replies
from communications.replies.enums import ReplyClass
from iesogi.audit.models import Entry
from iesogi.deadlines.enums import State
from iesogi.deadlines.models import Deadline


@pytest.mark.django_db(transaction=True)
def test_only_one_of_two_replies_at_once_is_taken(kazakhstan):
    letter = services.register(Letter(kind="AL", country=kazakhstan), sent_on=date(2021, 3, 1), by=None)
    together = Barrier(2)

    def reply(day):
        together.wait(timeout=20)
        try:
            return services.move(letter, LetterState.REPLIED, on=date(2021, 3, day), by=None)
        except StepRefused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        taken = [done for done in people.map(reply, [10, 11]) if done]
    (step,) = Step.objects.all()
    assert [done.replied_on for done in taken] == [step.on]
    assert (Letter.objects.get().replied_on, Deadline.objects.get().state) == (step.on, State.DONE)


AT_ONCE = 50  # as many as the measure asks for; each with a connection of its own


def all_at_once(act, given):
    """`act(each)` for each of `given` in a thread of its own; what came of it, or the sentence of a refusal."""
    together = Barrier(len(given))

    def person(each):
        together.wait(timeout=60)
        try:
            return act(each)
        except (StepRefused, ValidationError) as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(given)) as people:
        return list(people.map(person, given))


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_take_the_same_step_one_does(new_letter):
    letter = new_letter()
    came = all_at_once(
        lambda _each: services.move(letter, "follow_up", by=None, on=date(2021, 3, 10)), list(range(AT_ONCE))
    )
    refused = [sentence for sentence in came if isinstance(sentence, str)]
    assert len(refused) == AT_ONCE - 1
    assert set(refused) == {"A letter that is “In follow-up” cannot become “In follow-up”."}
    assert Step.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_fifty_letters_with_the_same_number_one_gets_it(new_letter, roles, officer):
    unnumbered = [new_letter(reference_code="", number=None, year=None) for _each in range(AT_ONCE)]
    came = all_at_once(
        lambda letter: sending.record_reference(letter, reference="AL KAZ 9/2021", by=officer), unnumbered
    )
    refused = [sentence for sentence in came if isinstance(sentence, str)]
    assert len(refused) == AT_ONCE - 1
    assert all("recorded" in sentence for sentence in refused)
    assert Letter.objects.filter(number=9).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_classify_a_reply_one_does(new_letter, officer):
    reply = Reply.objects.create(received_on=date(2021, 4, 1), channel="email", language="ru", recorded_by=officer)
    reply.letters.add(new_letter())
    classes = [ReplyClass.values[number % 4] for number in range(AT_ONCE)]
    came = all_at_once(lambda said: replies.classify(reply, reply_class=said, by=officer), classes)
    (done,) = [each for each in came if not isinstance(each, str)]
    refused = [sentence for sentence in came if isinstance(sentence, str)]
    assert len(refused) == AT_ONCE - 1
    assert all("meanwhile" in sentence for sentence in refused)
    assert Letter.objects.get().reply_class == Reply.objects.get().reply_class == done.reply_class


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_confirm_a_publication_one_does(new_letter, officer, holder):
    row = Publication.objects.create(
        letter=new_letter(), session=48, proposed_on=date(2021, 8, 1), title="Alleged arrest", text="It is alleged…",
        naming="nobody", redacted_by=officer,
    )  # fmt: skip
    came = all_at_once(lambda _each: publication.confirm(row, by=holder), list(range(AT_ONCE)))
    refused = [sentence for sentence in came if isinstance(sentence, str)]
    assert len(refused) == AT_ONCE - 1
    assert set(refused) == {"A publication that is “Published” cannot become “Published”."}
    assert (Letter.objects.published().count(), Step.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_put_the_same_letter_in_a_window_one_does(new_letter, roles, officer):
    letter = new_letter()
    came = all_at_once(lambda _each: bulk.put_in(letter, by=officer), list(range(AT_ONCE)))
    refused = [sentence for sentence in came if isinstance(sentence, str)]
    assert len(refused) == AT_ONCE - 1
    assert set(refused) == {"it is proposed for session 48 already."}
    assert Publication.objects.count() == Entry.objects.filter(verb="publication.proposed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_draft_the_same_reminder_one_does(new_letter, officer):
    letter = services.record_sent(new_letter(), sent_on=date(2021, 3, 1), by=None)
    came = all_at_once(lambda _each: draft_for([letter], by=officer), list(range(AT_ONCE)))
    assert sorted(len(outcome.drafted) for outcome in came) == [0] * (AT_ONCE - 1) + [1]
    assert sum(len(outcome.there_already) for outcome in came) == AT_ONCE - 1
    assert MissionReminder.objects.count() == Entry.objects.filter(verb="mission_reminder.drafted").count() == 1
