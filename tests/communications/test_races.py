"""Two people at one letter at the same moment: one step is taken, the other is refused in a sentence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from communications import services
from communications.exceptions import StepRefused
from communications.models import Letter, Step
from iesogi.deadlines.enums import State
from iesogi.deadlines.models import Deadline


@pytest.mark.django_db(transaction=True)
def test_only_one_of_two_replies_at_once_is_taken(kazakhstan):
    letter = services.register(Letter(kind="AL", country=kazakhstan), sent_on=date(2021, 3, 1), by=None)
    together = Barrier(2)

    def reply(day):
        together.wait(timeout=20)
        try:
            return services.record_reply(letter, on=date(2021, 3, day), by=None)
        except StepRefused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        taken = [done for done in people.map(reply, [10, 11]) if done]
    (step,) = Step.objects.all()
    assert [done.replied_on for done in taken] == [step.on]
    assert (Letter.objects.get().replied_on, Deadline.objects.get().state) == (step.on, State.DONE)
