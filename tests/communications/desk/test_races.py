"""Two officers at one case at the same moment: one act is taken, the other is refused in a sentence."""

import pytest
from django.test import Client
from django.urls import reverse

from communications.cases.enums import CaseState
from communications.cases.models import Case
from communications.desk import opening, steps
from communications.exceptions import StepRefused
from iesogi.audit.models import Entry
from iesogi.audit.services import verify
from iesogi.vault.enums import Kind
from tests.communications.desk.conftest import url
from tests.vault.conftest import PASSPHRASE
from tests.vault.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_only_one_of_two_officers_takes_a_step(desk, second, case):
    def take(unlocked, reason):
        return steps.move(case, to=CaseState.UNDER_REVIEW, unlocked=unlocked, reason=reason)

    found = at_once(lambda: take(desk, "Amal reads it."), lambda: take(second, "Bela reads it."))
    assert sorted(isinstance(each, StepRefused) for each in found) == [False, True]
    winner = [desk, second][isinstance(found[0], StepRefused)]
    (entry,) = Entry.objects.filter(verb="case.moved")
    assert (entry.by, Case.objects.get().state) == (winner.user, CaseState.UNDER_REVIEW)
    notes = opening.look(Case.objects.get(), unlocked=desk).of(Kind.NOTE)
    assert [note.content["by"] for note in notes] == [winner.user.username]
    assert verify()[1] is None


def test_later_of_two_officers_is_told_on_the_page(desk, second, case, settings):
    settings.VAULT_COOKIE_SECURE = False
    clients = [Client(), Client()]
    for client, who in zip(clients, [desk, second], strict=True):
        client.force_login(who.user)
        client.post(reverse("vault:unlock"), {"passphrase": PASSPHRASE})

    def press(client):
        return client.post(url("step", case.pk, "under_review"), {"reason": "Read."}, follow=True).content.decode()

    pages = at_once(*[lambda each=each: press(each) for each in clients])
    told = ["is now “Under review”" in page for page in pages]
    late = ["taken already" in page or "cannot become" in page for page in pages]
    assert sorted(told) == sorted(late) == [False, True]
    assert told != late
