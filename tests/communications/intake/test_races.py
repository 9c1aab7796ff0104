"""The same page sent by several presses at once, with real threads on a real database."""

import pytest
from django.test import Client

from communications.cases.models import Case
from iesogi.vault.models import Compartment, Receipt
from tests.communications.intake.conftest import ACCOUNT
from tests.vault.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_page_sent_many_times_at_once_makes_one_case(roles, sender):
    sender.fill("facts", account=ACCOUNT)
    data = sender.fields() | {"go": "send"}
    sender.clock.shift(60)
    answers = at_once(*[lambda: Client().post("/submit/", data) for _each in range(3)])
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert all("Your report has arrived" in answer.content.decode() for answer in answers)
    assert Case.objects.count() == Receipt.objects.count() == 1
    assert Compartment.objects.filter(is_canary=False).count() == 2
